// The table widget speaks both languages of the reviewers.
jQuery.extend(jQuery.fn.bootstrapTable.defaults, {
  pagination: true,
  pageSize: 50,
  search: true,
  searchAlign: "left",
  formatSearch: () => "搜索 Search",
  formatNoMatches: () => "没有符合的记录 No matching rows",
  formatRecordsPerPage: (menu) => `每页 ${menu} 条 rows per page`,
  formatShowingRows: (from, to, total) => `第 ${from}–${to} 条，共 ${total} 条 rows`,
  formatDetailPagination: (total) => `共 ${total} 条 rows`,
  formatAllRows: () => "全部 All",
});
