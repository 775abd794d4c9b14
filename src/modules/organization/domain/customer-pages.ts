/** The picture in a `data:` address: its media type and its content in base64; null where it is none that every browser shows, or says to be another kind than it is. */
export function pictureIn(address: string): { readonly mediaType: string; readonly base64: string } | null {
  const [, mediaType = '', base64 = ''] = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(address) ?? []
  return beginnings[mediaType]?.some((beginning) => base64.startsWith(beginning)) ? { mediaType, base64 } : null
}

/** How a file of each kind begins, in base64. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['iVBORw0KGgo'],
  'image/jpeg': ['/9j/'],
  'image/webp': ['UklGR'],
}

export const isLogo = (address: string): boolean => pictureIn(address) !== null

/** Whether the text is the address of a site and nothing else: scheme, host, and port where it has one. */
export const isSite = (text: string): boolean =>
  /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(text) && URL.canParse(text) && new URL(text).origin === text
