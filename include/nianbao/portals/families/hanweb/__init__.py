"""Sites of 大汉 (Hanweb) jcms: columns paged through a proxy, and a report page per agency.

A record may use either way or both:

- `start_urls`: column pages (`/col/col45857/index.html`);
- `params.annual_report_url`: the page that shows the report of one agency and year
  (`…/module/xxgk/xxgkAnnualReport.jsp`), asked for every agency with a credit code × every year;
- `params.paging_method`: `post` (as the page's own script does, the default) or `get`.
"""

from nianbao.portals.families.hanweb.family import Hanweb

__all__ = ["Hanweb"]
