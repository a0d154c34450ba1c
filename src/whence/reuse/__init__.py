from whence.reuse.matches import Index, Match, Overlap, empty, join, shared
