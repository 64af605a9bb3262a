"""Commands for operators: doctor, worker, import, demo."""
