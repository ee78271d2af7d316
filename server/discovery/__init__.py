"""What tells machines what is here: service description, catalogue, dumps, sitemap, schema.org, OpenAPI."""
