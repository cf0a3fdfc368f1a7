import type { FromRenderer } from '../../common/rendererProtocol';

/** Pixels of a picture for each pixel on screen: sharp in a report. */
const sharpness = 2;

export type SaveImage = Extract<FromRenderer, { readonly type: 'saveImage' }>;

export function svgImage(svg: string, name: string): SaveImage {
  return { type: 'saveImage', name, format: 'svg', base64: base64(new TextEncoder().encode(svg)) };
}

/** @throws Error when the browser cannot draw it. */
export async function pngImage(svg: string, name: string): Promise<SaveImage> {
  const image = new Image();
  // As data, which the policies of pages let through.
  image.src = `data:image/svg+xml;base64,${base64(new TextEncoder().encode(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * sharpness;
  canvas.height = image.naturalHeight * sharpness;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const address = canvas.toDataURL('image/png');
  return { type: 'saveImage', name, format: 'png', base64: address.slice(address.indexOf(',') + 1) };
}

function base64(bytes: Uint8Array): string {
  const part = 0x8000;
  let text = '';
  for (let start = 0; start < bytes.length; start += part) text += String.fromCharCode(...bytes.subarray(start, start + part));
  return btoa(text);
}
