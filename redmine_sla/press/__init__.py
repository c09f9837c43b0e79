"""Into print: pages as HTML and PDF, charts as PNG and SVG, tables as XLSX and CSV."""
