// How charts name months and days and write numbers. Made of CLDR by scripts/make_plotly_locales.py: change it there.
(function () {
  "use strict";
  const locales = [
    {"moduleType": "locale", "name": "ru", "dictionary": {}, "format": {"days": ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"], "shortDays": ["вс", "пн", "вт", "ср", "чт", "пт", "сб"], "months": ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"], "shortMonths": ["янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."], "decimal": ",", "thousands": " ", "date": "%d.%m.%Y", "year": "%Y", "month": "%b %Y", "dayMonth": "%-d %b", "dayMonthYear": "%-d %b %Y"}},
    {"moduleType": "locale", "name": "zh", "dictionary": {}, "format": {"days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"], "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"], "months": ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"], "shortMonths": ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"], "decimal": ".", "thousands": ",", "date": "%Y年%-m月%-d日", "year": "%Y年", "month": "%Y年%-m月", "dayMonth": "%-m月%-d日", "dayMonthYear": "%Y年%-m月%-d日"}},
  ];
  // Plotly reads the list when it loads; where it is there already it is told.
  if (window.Plotly) window.Plotly.register(locales);
  else window.PlotlyLocales = locales;
})();
