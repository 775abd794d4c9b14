/** Puts parts of a page that came anew in the place of those that are shown, and tells the rest of the scripts. */
export function replaceParts(page: Document, ids: readonly string[]): boolean {
  const pairs = ids.map((id) => [document.getElementById(id), page.getElementById(id)] as const)
  if (pairs.some(([old, fresh]) => !old || !fresh)) return false
  for (const [old, fresh] of pairs) {
    const isAtEnd = old!.dataset.follow !== undefined && endIsInSight(old!)
    if (old!.innerHTML !== fresh!.innerHTML) old!.innerHTML = fresh!.innerHTML
    if (isAtEnd) old!.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }
  return true
}

const endIsInSight = (part: HTMLElement): boolean => (part.lastElementChild?.getBoundingClientRect().bottom ?? 0) <= window.innerHeight + 80

/** A page as it is now; null where it cannot be had, or is another's. */
export async function fetchPage(url: string, request: RequestInit = {}): Promise<{ page: Document; url: string; isOk: boolean } | null> {
  try {
    const response = await fetch(url, { credentials: 'same-origin', ...request })
    if (!response.headers.get('content-type')?.startsWith('text/html')) return null
    // Its colours are there already, and the policy of this page would not take them twice.
    const text = (await response.text()).replace(/<style[^>]*>[^<]*<\/style>/, '')
    return { page: new DOMParser().parseFromString(text, 'text/html'), url: response.url, isOk: response.ok }
  } catch {
    return null
  }
}
