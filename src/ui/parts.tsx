/**
 * The titled parts of the page that is shown, to go to from wherever one is in it: a menu in the header where there are many, and entries of the palette. Whatever stands in a `Section` is
 * one of them.
 */
import { UnorderedListOutlined } from '@ant-design/icons'
import { useEffect, useSyncExternalStore } from 'react'
import { MenuButton } from './menu-button.tsx'
import { useWords } from './words.ts'

export interface Part {
  /** The id of its title. */
  readonly id: string
  readonly title: string
}

/** What fits into a window or two is scrolled through faster than a menu is read. */
const worthAMenu = 6

let present: readonly Part[] = []
const listeners = new Set<() => void>()
const change = (next: readonly Part[]): void => {
  present = next
  for (const listener of listeners) listener()
}

/** Says that a part is there as long as it is drawn. */
export function usePart(id: string, title: string): void {
  useEffect(() => {
    change([...present, { id, title }])
    return () => change(present.filter((part) => part.id !== id))
  }, [id, title])
}

/** The parts of the page from above to below. */
export function useParts(): readonly Part[] {
  const parts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => present,
  )
  const isBefore = (a: Part, b: Part): boolean => {
    const [one, other] = [a, b].map(({ id }) => document.getElementById(id))
    return Boolean(one && other && one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
  }
  return parts.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
}

/** Takes the window and the keyboard to a part. */
export function goToPart(id: string): void {
  const title = document.getElementById(id)
  title?.focus({ preventScroll: true })
  title?.scrollIntoView({ block: 'start' })
}

export function PartsMenu() {
  const t = useWords('ui')
  const parts = useParts()
  if (parts.length < worthAMenu) return null
  return (
    <MenuButton
      type="text"
      icon={<UnorderedListOutlined />}
      label={t('parts')}
      group={t('parts')}
      items={parts.map(({ id, title }) => ({ key: id, label: title }))}
      onChoose={goToPart}
    />
  )
}
