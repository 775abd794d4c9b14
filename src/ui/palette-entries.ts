/** What the palette offers for what was typed so far: pages and commands by their words at once, hits of the modules' searches as they answer. */
import { useQueries } from '@tanstack/react-query'
import { type ComponentType, use } from 'react'
import { useNavigate } from 'react-router'
import { themeChoices, useCommands, useRunCommand } from './menus.tsx'
import { useDestinations } from './navigation.tsx'
import { goToPart, useParts } from './parts.tsx'
import { writePreference } from './preferences.ts'
import { RegistryContext } from './registry.ts'
import type { PaletteHit } from './screens.ts'
import { useSession } from './session.ts'
import { useSettled } from './settled.ts'
import { type Language, languages, setLanguage, useWords } from './words.ts'

export interface PaletteEntry {
  readonly key: string
  readonly title: string
  readonly detail?: string
  readonly icon?: ComponentType
  /** The id of what has the keyboard afterwards, where that is not what had it before. */
  readonly part?: string
  choose(): void
}
export interface PaletteGroup {
  readonly key: string
  readonly title: string
  readonly entries: readonly PaletteEntry[]
}

export function usePaletteEntries(query: string): { groups: readonly PaletteGroup[]; searching: boolean } {
  const t = useWords('ui')
  const navigate = useNavigate()
  const run = useRunCommand()
  const found = useSearches(query.trim())
  const pages = useDestinations().map((page) => ({
    key: `page-${page.path}`,
    title: t(`${page.module}:${page.label}`),
    icon: page.icon,
    words: '',
    choose: () => void navigate(page.path),
  }))
  const commands = useCommands().map(({ key, module, command }) => ({
    key: `command-${key}`,
    title: t(`${module}:${command.label}`),
    words: command.keywords ? t(`${module}:${command.keywords}`) : '',
    ...(command.icon ? { icon: command.icon } : {}),
    choose: () => run(command),
  }))
  // The languages are found by their own names, so that somebody who reads none of the present one finds the way out.
  const tongues = Object.entries(languages).map(([key, name]) => ({
    key: `language-${key}`,
    title: t('language.switch', { language: name }),
    words: `${name} ${key} language 语言 語言`,
    choose: () => void setLanguage(key as Language),
  }))
  const looks = themeChoices.map((key) => ({
    key: `theme-${key}`,
    title: t('theme.switch', { theme: t(`theme.${key}`) }),
    words: 'theme',
    choose: () => writePreference('theme', key),
  }))
  const parts = useParts().map(({ id, title }) => ({ key: `part-${id}`, title, words: '', part: id, choose: () => goToPart(id) }))
  const fits = (entry: { title: string; words: string }) => matches(`${entry.title} ${entry.words}`, query)
  const groups: PaletteGroup[] = [
    ...found.groups.map((group) => ({
      ...group,
      entries: group.hits.map((hit) => ({
        key: `${group.key}-${hit.id}`,
        title: hit.title,
        ...(hit.detail ? { detail: hit.detail } : {}),
        choose: () => void navigate(hit.to),
      })),
    })),
    { key: 'pages', title: t('palette.pages'), entries: pages.filter(fits) },
    { key: 'commands', title: t('palette.commands'), entries: [...commands, ...(query.trim() ? [...tongues, ...looks] : [])].filter(fits) },
    { key: 'parts', title: t('parts'), entries: query.trim() ? parts.filter(fits) : [] },
  ]
  return { groups: groups.filter((group) => group.entries.length > 0), searching: found.searching }
}

/** Every typed word appears somewhere in the text. */
export const matches = (text: string, query: string): boolean => {
  const low = text.normalize('NFKC').toLowerCase()
  return query
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word))
}

function useSearches(query: string): {
  groups: readonly { key: string; title: string; hits: readonly PaletteHit[] }[]
  searching: boolean
} {
  const t = useWords('ui')
  const { may } = useSession()
  const settled = useSettled(query, 160)
  const sources = use(RegistryContext).flatMap(({ module, searches }) =>
    (searches ?? []).filter(({ permission }) => !permission || may(permission)).map((source) => ({ module, source })),
  )
  const answers = useQueries({
    queries: sources.map(({ module, source }) => ({
      queryKey: [module, 'palette', source.id, settled],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await source.load())(settled, signal),
      enabled: settled !== '',
      retry: false,
    })),
  })
  return {
    groups: sources.map(({ module, source }, index) => ({
      key: `${module}-${source.id}`,
      title: t(`${module}:${source.label}`),
      hits: (query && answers[index]?.data) || [],
    })),
    searching: query !== '' && (query !== settled || answers.some((answer) => answer.isFetching)),
  }
}
