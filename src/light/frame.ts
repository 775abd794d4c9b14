/** Inside of another site's page the widget around it has to know how high the page is, and when somebody wants to leave. Who may frame it at all the browser has checked. */
export function startFrame(): void {
  if (window.parent === window) return
  document.documentElement.classList.add('framed')
  let parent: string | null = null
  const say = (what: Readonly<Record<string, unknown>>) => {
    if (parent !== null) window.parent.postMessage({ patron: 1, ...what }, parent)
  }
  const sayHeight = () => say({ what: 'size', height: Math.ceil(document.documentElement.getBoundingClientRect().height) })
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || typeof data !== 'object' || data === null || !('patron' in data)) return
    parent = origin
    say({ what: 'ready' })
    sayHeight()
  })
  new ResizeObserver(sayHeight).observe(document.body)
  addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented) say({ what: 'close' })
  })
}
