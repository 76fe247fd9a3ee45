"""Makes PDFs, in a process of its own: ``python -m renderer``, begun in the folder around this one.

A program, not a part of the portal: it knows neither Django nor the database. WeasyPrint sets the pages; what PDF/UA-1
and PDF/A-3a at once need beyond that is done here, while the document is in memory:

- ``__main__`` takes the jobs and forks a child with limits for each,
- ``press`` sets a document with our fonts and style sheets, and nothing from elsewhere,
- ``sheet`` rewrites how the content of a page is marked: artifacts, and spaces where lines end,
- ``tree`` makes the structure: one element for each element of the HTML, on however many pages it stands,
- ``roles`` says what an element of HTML is in a PDF, ``words`` what its text is,
- ``finish`` writes structure and metadata into the file.
"""
