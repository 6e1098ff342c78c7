"""Turn an executed notebook into an accessible HTML page and a PDF/UA-1 report."""
