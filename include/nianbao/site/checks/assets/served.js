// What is there only where the reports are served, and not in a folder: the way to all of them as one zip.
"use strict";
if (location.protocol.startsWith("http")) {
  for (const hidden of document.querySelectorAll(".served")) hidden.hidden = false;
}
