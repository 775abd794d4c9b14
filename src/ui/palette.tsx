/**
 * Search everywhere: customers and whatever else the modules can find, every page, every command, language and theme. Opens with Ctrl-K or ⌘K.
 * A combobox after the ARIA pattern: the input keeps the focus, ↑ ↓ choose, Enter opens, Escape leaves.
 */
import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { backTo } from './focus.ts'
import { type PaletteEntry, usePaletteEntries } from './palette-entries.ts'
import { useWords } from './words.ts'

export function Palette() {
  const t = useWords('ui')
  const [open, setOpen] = useState(false)
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      // Pressed again it closes, and the keyboard goes back to where it came from.
      if (!document.activeElement?.closest('.palette')) opener.current = document.activeElement
      setOpen((was) => !was)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <button
        type="button"
        className="search-button"
        onClick={(event) => {
          opener.current = event.currentTarget
          setOpen(true)
        }}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchOutlined aria-hidden />
        <span className="search-words">{t('palette.open')}</span>
        <span className="keys" aria-hidden="true">
          {/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}
        </span>
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        afterClose={() => backTo(opener.current as HTMLElement | null, '.palette')}
        footer={null}
        closable={false}
        destroyOnHidden
        focusable={{ focusTriggerAfterClose: false }}
        width={640}
        className="palette"
        title={<span className="hidden">{t('palette.open')}</span>}
      >
        <Search
          close={(part) => {
            if (part !== undefined) opener.current = document.getElementById(part)
            setOpen(false)
          }}
        />
      </Modal>
    </>
  )
}

function Search({ close }: { close: (part?: string) => void }) {
  const t = useWords('ui')
  const id = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const { groups, searching } = usePaletteEntries(query)
  const flat = groups.flatMap((group) => group.entries)
  const chosen = flat[Math.min(at, flat.length - 1)]
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.key}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, id])
  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return
    close(entry.part)
    entry.choose()
  }
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return // Enter ends the writing of a Chinese word, it does not choose yet
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((flat.length + Math.min(at, flat.length - 1) + step) % Math.max(1, flat.length))
    }
    if (event.key === 'Enter') choose(chosen)
  }
  return (
    <div>
      <div className="palette-field">
        <SearchOutlined aria-hidden />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${chosen.key}` : undefined}
          aria-autocomplete="list"
          aria-label={t('palette.open')}
          placeholder={t('palette.hint')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={steer}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.results')} className="palette-list">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options within a listbox, not of fields
          <div key={group.key} role="group" aria-label={group.title}>
            <div className="palette-group" aria-hidden="true">
              {group.title}
            </div>
            {group.entries.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
              <div
                key={entry.key}
                id={`${id}-${entry.key}`}
                role="option"
                aria-selected={entry === chosen}
                className="palette-entry"
                onClick={() => choose(entry)}
              >
                {entry.icon && <entry.icon aria-hidden />}
                <span className="palette-title">{entry.title}</span>
                {entry.detail && <span className="palette-detail">{entry.detail}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={flat.length > 0 && !searching ? 'hidden' : 'palette-status'}>
        {searching ? t('palette.searching') : flat.length === 0 ? t('palette.nothing') : t('palette.count', { count: flat.length })}
      </p>
    </div>
  )
}
