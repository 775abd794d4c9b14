/**
 * Puts a button on any site that opens a page for customers in a frame:
 *
 *   <script async src="https://patron.example.com/p/widget.js"></script>
 *   <script async src="…/p/widget.js" data-page="/p/chat" data-lang="zh-TW" data-label="…" data-side="left"></script>
 *
 * The site may open and close it by `PatronWidget.open()`, `.close()`, `.toggle()`. Everything lies in a shadow tree of its own, so neither side's styles touch the other's.
 */
;(() => {
  const script = document.currentScript as HTMLScriptElement | null
  if (!script || 'PatronWidget' in window) return
  const home = new URL(script.src).origin
  const { page = '/p/', lang, label, side } = script.dataset
  const site = lang ?? document.documentElement.lang
  // The page speaks as the site does, where that is a language of ours; else as the browser wishes.
  const language = /^zh\b.*(hant|tw|hk|mo)/i.test(site) ? 'zh-TW' : /^zh/i.test(site) ? 'zh-CN' : /^en/i.test(site) ? 'en' : ''
  const words =
    language === 'zh-TW'
      ? ['聯絡我們', '關閉', '在新分頁開啟']
      : language === 'zh-CN'
        ? ['联系我们', '关闭', '在新标签页打开']
        : ['Contact us', 'Close', 'Open in a new tab']
  const [open = '', close = '', elsewhere = ''] = words
  const name = label ?? open

  const address = new URL(page, home)
  // Only pages of the house itself are shown.
  if (address.origin !== home || !address.pathname.startsWith('/p/')) return
  address.searchParams.set('frame', '1')
  if (language) address.searchParams.set('lang', language)

  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const make = <T extends keyof HTMLElementTagNameMap>(
    tag: T,
    styles: Partial<CSSStyleDeclaration>,
    text = '',
  ): HTMLElementTagNameMap[T] => {
    const element = document.createElement(tag)
    // Set one by one: a site's policy may forbid style elements and attributes, but not this.
    Object.assign(element.style, { boxSizing: 'border-box', ...styles })
    element.textContent = text
    return element
  }
  const font = 'system-ui, sans-serif'
  const edge = side === 'left' ? { left: '16px' } : { right: '16px' }
  const at = { position: 'fixed', zIndex: '2147483000', ...edge } as const
  const plain = {
    border: '0',
    background: 'none',
    color: 'inherit',
    font: `600 15px ${font}`,
    cursor: 'pointer',
    minHeight: '44px',
    padding: '0 14px',
  }
  const button = make(
    'button',
    {
      ...at,
      bottom: '16px',
      minHeight: '48px',
      padding: '0 20px',
      border: '1px solid #fff',
      borderRadius: '24px',
      background: '#1d5f52',
      color: '#fff',
      font: `600 16px ${font}`,
      boxShadow: '0 4px 16px rgb(0 0 0 / 0.25)',
      cursor: 'pointer',
    },
    name,
  )
  button.type = 'button'
  button.setAttribute('aria-expanded', 'false')
  const panel = make('div', {
    ...at,
    bottom: '76px',
    display: 'none',
    flexDirection: 'column',
    width: '380px',
    maxWidth: 'calc(100vw - 32px)',
    maxHeight: 'calc(100vh - 100px)',
    border: '1px solid #868f88',
    borderRadius: '14px',
    overflow: 'hidden',
    background: '#1d5f52',
    color: '#fff',
    boxShadow: '0 12px 40px rgb(0 0 0 / 0.3)',
  })
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-label', name)
  const bar = make('div', { display: 'flex', justifyContent: 'space-between', alignItems: 'center' })
  const tab = make('a', { ...plain, lineHeight: '44px', color: '#fff' }, elsewhere)
  const leave = make('button', plain, close)
  leave.type = 'button'
  bar.append(tab, leave)
  panel.append(bar)
  root.append(panel, button)

  let frame: HTMLIFrameElement | null = null
  let isOpen = false
  const plainAddress = new URL(address)
  plainAddress.searchParams.delete('frame')
  tab.href = plainAddress.href
  tab.target = '_blank'
  tab.rel = 'noopener'

  const greet = () => frame?.contentWindow?.postMessage({ patron: 1, what: isOpen ? 'opened' : 'closed' }, home)
  /** On a phone it takes the whole screen; elsewhere it is as high as the page in it. */
  const resize = (height = 420) => {
    const isSmall = window.innerWidth < 480
    Object.assign(panel.style, isSmall ? { inset: '0', width: '100vw', maxWidth: '100vw', maxHeight: '100vh', borderRadius: '0' } : {})
    if (frame) frame.style.height = isSmall ? 'calc(100vh - 44px)' : `${Math.min(Math.max(height, 240), window.innerHeight - 150)}px`
  }
  const show = (wish: boolean) => {
    if (wish === isOpen) return
    isOpen = wish
    // The page is fetched when somebody wants it, not by everybody who visits the site.
    if (wish && !frame) {
      frame = make('iframe', { display: 'block', width: '100%', border: '0', background: '#fff' })
      frame.title = name
      frame.src = address.href
      frame.addEventListener('load', greet)
      panel.append(frame)
      resize()
    }
    panel.style.display = wish ? 'flex' : 'none'
    // On a phone the panel covers everything, and the button would cover the panel.
    button.style.visibility = wish && window.innerWidth < 480 ? 'hidden' : 'visible'
    button.setAttribute('aria-expanded', String(wish))
    greet()
    if (wish) frame?.focus()
    else button.focus()
  }
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (origin !== home || !frame || source !== frame.contentWindow || typeof data !== 'object' || data === null) return
    const { what, height } = data as { what?: unknown; height?: unknown }
    if (what === 'size' && typeof height === 'number' && Number.isFinite(height)) resize(height)
    else if (what === 'close') show(false)
  })
  button.addEventListener('click', () => show(!isOpen))
  leave.addEventListener('click', () => show(false))
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') show(false)
  })
  const api = { open: () => show(true), close: () => show(false), toggle: () => show(!isOpen) }
  Object.defineProperty(window, 'PatronWidget', { value: Object.freeze(api) })
  const mount = () => document.body.append(host)
  if (document.body) mount()
  else document.addEventListener('DOMContentLoaded', mount)
})()
