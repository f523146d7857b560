"use strict";
// Before anything is painted: the look that the reader chose on this machine. Without a choice, the machine's own.
try {
  const chosen = localStorage.getItem("giao-dien");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing for us follows the machine.
}
