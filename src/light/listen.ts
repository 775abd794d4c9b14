/** What an endpoint of the kind `events` tells, as it comes. */
export interface Told {
  readonly kind: string
  readonly payload: Readonly<Record<string, unknown>>
}

export interface Listener {
  told(events: readonly Told[]): void
  /** Something may have been missed: what is shown has to be looked at anew. Also said at the very first. */
  missed(): void
  /** Whether the connection is open. */
  live?(isLive: boolean): void
  /** It was closed for good, such as `sign-in-needed` or `no-such-link`. */
  ended?(reason: string): void
}

/** What nobody sees need not be current: the connection is given up so long after the page went out of sight. */
const unseen = 30_000
const firstPause = 4000
const longestPause = 60_000

/**
 * Listens to events for as long as the page is in sight, and goes on where it stopped: nothing is missed and nothing is heard twice. Browsers open few connections to one place, so a page
 * that nobody sees keeps none. Answers how to stop.
 */
export function listen(url: string, on: Listener): () => void {
  const address = new URL(url, location.href)
  let source: EventSource | null = null
  // A page may say from where on it has not been told.
  let place = address.searchParams.get('since')
  let pause = firstPause
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  function open(): void {
    clearTimeout(timer)
    if (isOver || source || document.hidden) return
    if (place !== null) address.searchParams.set('since', place)
    const opened = new EventSource(address)
    source = opened
    const at = (event: MessageEvent<string>) => {
      place = event.lastEventId || place
    }
    opened.addEventListener('here', (event) => {
      const isFirst = place === null
      at(event)
      pause = firstPause
      on.live?.(true)
      if (isFirst) on.missed()
    })
    opened.addEventListener('message', (event: MessageEvent<string>) => {
      at(event)
      on.told(JSON.parse(event.data) as Told[])
    })
    opened.addEventListener('lost', (event) => {
      at(event)
      on.missed()
    })
    opened.addEventListener('end', (event: MessageEvent<string>) => {
      const { reason } = JSON.parse(event.data) as { reason: string }
      close()
      if (reason === 'changed' || reason === 'restart') return later()
      isOver = true
      on.ended?.(reason)
    })
    opened.addEventListener('error', () => {
      on.live?.(false)
      // A connection that broke off comes again by itself; one that was refused does not.
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return
      close()
      later()
    })
  }
  function close(): void {
    source?.close()
    source = null
    on.live?.(false)
  }
  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(open, pause * (0.75 + Math.random() / 2))
    pause = Math.min(pause * 2, longestPause)
  }
  function seen(): void {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(close, unseen)
    else open()
  }

  document.addEventListener('visibilitychange', seen)
  open()
  return () => {
    isOver = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
    close()
  }
}
