-- The cells of the drafts that count. Run over a file built from drafts alone.
SELECT report_id, code, raw, kind, value, unit FROM cell_lines WHERE list_contains($versions, version);
