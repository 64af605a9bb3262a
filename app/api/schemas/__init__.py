"""What programs send and get: Pydantic models, from which both the checks and the OpenAPI description are made."""
