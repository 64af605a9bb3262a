"""The page shell: who is signed in, layout data, security headers, error pages, health."""
