// Drag a row of the ranked list to another place. Only for the pointer, and only as sugar: it
// fills in the place and presses «Flytt», which stand in the row for everyone.

(() => {
  const rows = [...document.querySelectorAll(".rangering tbody tr[id]")];
  const place = (row) => row.querySelector(".flytt input");
  let dragged = null;
  let over = null;

  const mark = (row) => {
    over?.classList.remove("drop-above", "drop-below");
    over = row && row !== dragged ? row : null;
    if (over) over.classList.add(rows.indexOf(over) < rows.indexOf(dragged) ? "drop-above" : "drop-below");
  };

  const rowAt = (event) => {
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest("tr[id]");
    return rows.includes(row) ? row : null;
  };

  const end = (drops) => {
    if (!dragged) return;
    const [row, target] = [dragged, over];
    mark(null);
    row.classList.remove("is-dragged");
    dragged = null;
    if (!drops || !target) return;
    place(row).value = place(target).value;
    row.querySelector('.flytt button[name="flytt"]').click();
  };

  for (const row of rows) {
    if (!place(row)) continue;
    const handle = document.createElement("span");
    handle.className = "dra";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      dragged = row;
      row.classList.add("is-dragged");
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!dragged) return;
      mark(rowAt(event));
      // Near the edge of the window the list follows.
      const edge = 60;
      if (event.clientY < edge) window.scrollBy(0, -12);
      if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
    });
    handle.addEventListener("pointerup", () => end(true));
    handle.addEventListener("pointercancel", () => end(false));
    row.querySelector(".flytt").prepend(handle);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(false);
  });
})();
