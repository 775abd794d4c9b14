import { upload } from '#ui/client.ts'
import { FilesInput, type SentFile } from '#ui/files-input.tsx'
import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { channels } from '../domain/taxonomy.ts'
import { ReplyText } from './reply-text.tsx'
import type { Detail } from './shown.ts'

/** What is typed for an act; the fields say what each is. */
export type Typed = Readonly<Record<string, unknown>>

export interface ActForm {
  readonly endpoint: (typeof casesApi)[keyof typeof casesApi]
  readonly fields: (t: Words, about: ActAbout) => readonly Field<Typed>[]
  readonly initial?: (found: Detail) => Typed
  /** What was typed, as the contract wants it, besides the case and its version. */
  readonly said: (typed: Typed) => Typed
}
export interface ActAbout {
  readonly found: Detail
  readonly departments: readonly { readonly value: string; readonly label: string }[]
  /** The steps to which it may go back, and those at which it may be opened again, with their names. */
  readonly back: readonly { readonly value: string; readonly label: string }[]
  readonly steps: readonly { readonly value: string; readonly label: string }[]
  /** The customer’s other cases that go on. */
  readonly others: readonly { readonly value: string; readonly label: string }[]
  /** The company’s language. */
  readonly locale: 'en' | 'zh-CN' | 'zh-TW'
  /** Whether whoever fills it in may publish. */
  readonly mayPublish: boolean
  /** Of a final answer, whether it has to say where else to turn, and whether nobody has looked through what is filled in. */
  readonly route: { readonly demanded: boolean; readonly unchecked: boolean } | null
  /** What has been typed so far: some fields are asked for only then. */
  readonly typed: Typed
}

/** What was typed, or null for nothing. */
export const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)
export const yes = (value: unknown): boolean => value === true
export const lines = (value: unknown): string[] =>
  (text(value) ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
export const choices = (t: Words, values: readonly string[], key: string) => values.map((value) => ({ value, label: t(`${key}.${value}`) }))

export const area = (t: Words, name: string, required = false): Field<Typed> => ({
  name,
  kind: 'area',
  label: t(`said.${name}`),
  required,
  wide: true,
  rows: 3,
})
export const channel = (t: Words, name = 'channel'): Field<Typed> => ({
  name,
  kind: 'choice',
  label: t('field.channel'),
  required: true,
  options: choices(t, channels, 'channel'),
})
/** By which way something is written; by e-mail it really goes out. */
export const writes = (t: Words): Field<Typed> => ({ ...channel(t), help: t('said.emailHelp') })
/** What everybody is to hear of, where something is. */
export const bulletinFields = (t: Words): readonly Field<Typed>[] => [
  { name: 'title', kind: 'text', label: t('guide.bulletinTitle'), maxLength: 200, wide: true },
  { name: 'body', kind: 'area', label: t('guide.bulletinBody'), help: t('guide.bulletinAbout'), rows: 3, maxLength: 10_000, wide: true },
]
export const flag = (t: Words, name: string): Field<Typed> => ({ name, kind: 'yes', label: t(`said.${name}`), wide: true })
/** Files that go with what is said. */
export const filesField = <V extends { readonly files?: unknown }>(t: Words): Field<V> => ({
  name: 'files' as Field<V>['name'],
  kind: 'own',
  label: t('field.files'),
  wide: true,
  control: <FilesInput send={(file) => upload(casesApi.addFile, { fileName: file.name.slice(-200) }, file)} />,
})
export const fileIds = (files: unknown): string[] => ((files as readonly SentFile[] | undefined) ?? []).map(({ fileId }) => fileId)
export const writtenTo = (found: Detail): Typed => ({ channel: reachedBy(found) })

/** The way by which the customer came, where they came at all: what the company found by itself came by none of theirs. */
export const reachedBy = ({ record }: Detail): string | null => (record.channel === 'internal' ? null : record.channel)

/** What is written to the customer, with help for the words and templates. */
export const reply = (t: Words, { id, record }: Detail, name = 'text'): Field<Typed> => ({
  name,
  kind: 'own',
  label: t(`said.${name}`),
  required: true,
  wide: true,
  control: <ReplyText caseId={id} language={record.language} maxLength={20_000} />,
})

/** Where else the customer can turn to, with the final answer. */
export const routeField = (t: Words, route: ActAbout['route']): Field<Typed> => ({
  name: 'escalationRoute',
  kind: 'area',
  label: t('said.escalationRoute'),
  required: route?.demanded ?? false,
  wide: true,
  rows: 6,
  maxLength: 10_000,
  help: [t(route?.unchecked ? 'said.routeUnchecked' : 'said.routeHelp'), route?.demanded ? t('said.routeDemanded') : '']
    .filter(Boolean)
    .join(' '),
})

/** A text to the customer by some channel. */
export const told: Pick<ActForm, 'fields' | 'initial' | 'said'> = {
  fields: (t, { found }) => [writes(t), reply(t, found)],
  initial: writtenTo,
  said: ({ text: words, channel: by }) => ({ text: words, channel: by }),
}
