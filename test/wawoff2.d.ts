declare module 'wawoff2' {
  /** A web font (WOFF2) as the font that it was made from. */
  export function decompress(font: Uint8Array): Promise<Uint8Array>
}
