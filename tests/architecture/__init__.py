"""What holds for the code as a whole: who may import whom, how long a file may be, which words may stand anywhere."""
