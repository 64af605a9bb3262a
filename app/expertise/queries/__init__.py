"""What is read about experts: one function per page or fragment."""
