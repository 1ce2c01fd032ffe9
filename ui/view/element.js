/** Elements, made without any markup in strings. */

/** @typedef {Node | string | null | false | undefined} Child */
/**
 * `test` becomes `data-test`; `on` holds listeners; everything else is an attribute (`true` is an empty one, `false` and null none).
 * @typedef {{class?: string, test?: string, on?: Record<string, (event: any) => void>, [attribute: string]: unknown}} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') continue;
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(name === 'test' ? 'data-test' : name, value === true ? '' : String(value));
  }
  for (const [event, listener] of Object.entries(props.on ?? {})) element.addEventListener(event, listener);
  element.append(...present(children));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export function present(children) {
  return children.filter((child) => child !== null && child !== undefined && child !== false && child !== '').map((child) => /** @type {Node | string} */ (child));
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}
