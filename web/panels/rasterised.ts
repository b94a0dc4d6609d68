/** A figure as PNG, drawn by the browser. */

import { withoutStyleElement } from './drawn-figure.tsx';

/** Pixels for each px of the figure, for print and for screens of high density. */
const DENSITY = 2;

/**
 * @param svg a figure of the library, whose background is its paper
 * @throws Error where the browser cannot draw it
 */
export async function rasterised(svg: string, paper: 'light' | 'dark'): Promise<Blob> {
  // The policy of the page holds for pictures that it makes, too: no <style> element.
  const content = new Blob([withoutStyleElement(svg, paper)], { type: 'image/svg+xml' });
  const address = URL.createObjectURL(content);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * DENSITY;
    canvas.height = image.naturalHeight * DENSITY;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('the browser gives no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => {
      canvas.toBlob(
        (blob) => (blob === null ? failed(new Error('the canvas is empty')) : done(blob)),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
