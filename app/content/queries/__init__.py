"""Reading the spine: cards, threads, streams, menus. One function per page or fragment."""
