//站点信息
var siteInfo = {siteGuid: "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a", projectName: "/EWB-FRONT", };
function go(){}