// The menu of a chart: its address to the clipboard. Its files come from the server.
(function () {
  "use strict";

  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
    } catch (error) { // no secure context: the old way
      const field = Object.assign(document.createElement("textarea"), { value: address });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  window.cooperationStart.copy = copy;

  document.addEventListener("click", (event) => {
    const item = event.target.closest && event.target.closest("[data-act='copy']");
    if (item) copy(location.href.split("#")[0] + "#figure-" + item.dataset.figure);
  });
})();
