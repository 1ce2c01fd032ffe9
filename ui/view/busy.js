/** One press, one call: a button under way is disabled, says so, and takes its companions with it. */

/**
 * @param {HTMLButtonElement} button
 * @param {string} text what it says meanwhile
 * @param {() => Promise<void>} work must handle its own failures
 * @param {Iterable<HTMLButtonElement>} [companions] disabled for as long
 */
export async function busy(button, text, work, companions = []) {
  if (button.disabled) return;
  const all = [...new Set([button, ...companions])].filter((each) => !each.disabled);
  const label = button.querySelector('.label') ?? button;
  const before = label.textContent;
  const focused = document.activeElement === button;
  for (const each of all) each.disabled = true;
  button.setAttribute('aria-busy', 'true');
  label.textContent = text;
  try {
    await work();
  } finally {
    label.textContent = before;
    button.removeAttribute('aria-busy');
    for (const each of all) each.disabled = false;
    // What is disabled loses the focus; unless it went on meanwhile, it is given back.
    if (focused && (document.activeElement === document.body || document.activeElement === null)) button.focus({ preventScroll: true });
  }
}
