// What is put into the page before its own scripts: frames, long tasks and the first picture, by the page's own clock.

/**
 * What a page recorded, all in ms; times since the navigation.
 * @typedef {object} Recorded
 * @property {number[]} frames when each frame began
 * @property {{ start: number, ms: number }[]} longTasks of the page's main thread, above 50 ms
 * @property {number | undefined} firstPicture when the first picture of a panel was on the screen
 */

/** Runs in the page; nothing from outside may be used. */
export function recordInPage() {
  /** @type {Recorded} */
  const recorded = { frames: [], longTasks: [], firstPicture: undefined };
  Reflect.set(globalThis, 'recorded', recorded);
  new PerformanceObserver((list) => {
    for (const { startTime: start, duration: ms } of list.getEntries())
      recorded.longTasks.push({ start, ms });
  }).observe({ type: 'longtask', buffered: true });
  let isDrawn = false;
  const frame = (/** @type {number} */ now) => {
    recorded.frames.push(now);
    // Drawn in the frame before this one.
    if (isDrawn) recorded.firstPicture ??= performance.now();
    isDrawn ||= document.querySelector('.panels .drawn-figure svg, .panels .uplot canvas') !== null;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Recorded>}
 */
export function recordedIn(page) {
  return page.evaluate(() => Reflect.get(globalThis, 'recorded'));
}

/** Ms since the navigation, in the page. @param {import('playwright-core').Page} page */
export function nowIn(page) {
  return page.evaluate(() => performance.now());
}
