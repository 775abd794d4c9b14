/**
 * What a person chose for this browser: language, theme, and small things such as a table's columns.
 * Kept in the browser's storage; every component that reads one is drawn anew when it changes.
 *
 *   const [density, setDensity] = usePreference('table.density', 'normal')
 */
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const parsed = new Map<string, { text: string | null; value: unknown }>()

export function readPreference<T>(name: string, initial: T): T {
  const text = stored(name)
  const known = parsed.get(name)
  if (known && known.text === text) return known.value as T
  let value: unknown = initial
  try {
    if (text !== null) value = JSON.parse(text)
  } catch {
    // what another version or a person wrote there counts as never chosen
  }
  parsed.set(name, { text, value })
  return value as T
}

export function writePreference(name: string, value: unknown): void {
  try {
    localStorage.setItem(`patron.${name}`, JSON.stringify(value))
  } catch {
    // a browser that keeps nothing (private window, full storage) still shows the choice until the page is left
    parsed.set(name, { text: stored(name), value })
  }
  for (const listener of listeners) listener()
}

export function usePreference<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name, initial))
  return [value, (next) => writePreference(name, next)]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // another tab's choice arrives here too
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`patron.${name}`)
  } catch {
    return null
  }
}
