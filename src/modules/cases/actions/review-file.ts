import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import type { Cell } from '#platform/tabular/csv-writer.ts'
import { isUserId } from '#platform/user-id.ts'
import { reviewPage } from '../pages/review.ts'
import { fileOf, type Language, type Manner, mannerOf } from './files-out.ts'
import type { ReadReview } from './management-review.ts'

type Section = ReadReview['sections'][number]
type Figure = Section['figures'][number]
type Reading = Figure['now']

/** A review as a document to print, or its figures as a table: in the language of whoever asks, with what they may see and nothing else. */
export async function reviewFile(context: Context, review: ReadReview, format: 'html' | 'csv' | 'xlsx', language: Language | undefined) {
  const how = await mannerOf(context, language)
  const name = `complaint-review-${review.from}-${review.to}`
  if (format !== 'html') return fileOf(name, how.word('review.title'), format, tableOf(how, review))
  const { locale, currency, timeZone } = await readSetting(context.db, organizationProfile)
  const said = language ?? locale
  const people = await peopleOf(context, review)
  const page = reviewPage(documentOf({ how, language: said, currency, timeZone, nameOf: (id) => people.get(id) ?? id }, review))
  return { fileName: `${name}.html`, mediaType: 'text/html; charset=utf-8', content: String(page) }
}

async function peopleOf({ db }: Context, { participants, heldBy, entries, actions, sections }: ReadReview) {
  const ids = [
    ...participants,
    ...(heldBy === null ? [] : [heldBy]),
    ...entries.flatMap(({ ownerId, madeBy }) => [ownerId ?? [], madeBy].flat()),
    ...actions.map(({ ownerId }) => ownerId),
    ...sections.flatMap(({ lines }) => lines.flatMap(({ who }) => who ?? [])),
  ]
  return namesOf(db, [...new Set(ids)].filter(isUserId))
}

const figureName = ({ word }: Manner, { key }: Section, figure: Figure): string => {
  const name = word(`review.figure.${key}.${figure.key}`)
  return figure.of === null ? name : `${name} · ${figure.label ?? word(`regime.${figure.of}`, figure.of)}`
}

/** What a key of a list is called. */
function rowName({ word }: Manner, list: string, { key, label }: Section['lists'][number]['rows'][number]): string {
  const [category = '', reason = ''] = key.split('/')
  if (list === 'reason') return `${word(`category.${category}`, category)} · ${word(`reason.${category}.${reason}`, reason)}`
  if (list === 'cause') return word(`causeField.${label ?? key}`, label ?? key)
  if (list === 'tier') return word(`review.tier.${key}`, key)
  return label ?? word(`${list}.${key}`, key)
}

const kinds = { setting: 'review.line.setting', process: 'review.line.process', policy: 'review.line.policy' } as const

/** One line of what happened, in words without who and when. */
function lineName({ word }: Manner, { kind, id, title, state }: Section['lines'][number]): string {
  if (kind === 'setting') return `${word(kinds.setting)}: ${word(settingName(id), id)}`
  if (kind === 'process') return `${word(kinds.process)}: ${word(`kind.${state}`, id)}`
  if (kind === 'full-product') return `${id}: ${state}`
  return title ?? word(`review.line.${kind}`)
}

/** The heading of a setting, by its key. */
const settingName = (key: string): string =>
  `settings.${key.replace(/^cases\./, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`

function tableOf(how: Manner, { sections, entries }: ReadReview): readonly (readonly Cell[])[] {
  const { word } = how
  const cell = (unit: Figure['unit'], reading: Reading | null): Cell =>
    reading?.value == null ? null : unit === 'minor' ? how.money(reading.value) : { decimal: String(Math.round(reading.value * 1e6) / 1e6) }
  const heads = ['section', 'what', 'unit', 'now', 'part', 'whole', 'low', 'high', 'before', 'partBefore', 'wholeBefore', 'change']
  const figures = sections.flatMap((one) =>
    one.figures.map((figure): readonly Cell[] => [
      word(`review.section.${one.key}`),
      figureName(how, one, figure),
      figure.unit === 'minor' ? how.currency : word(`review.unit.${figure.unit}`),
      cell(figure.unit, figure.now),
      figure.now.part,
      figure.now.whole,
      figure.now.low,
      figure.now.high,
      cell(figure.unit, figure.before),
      figure.before?.part,
      figure.before?.whole,
      figure.change && word(`review.change.${figure.change}`),
    ]),
  )
  const lists = sections.flatMap((one) =>
    one.lists.flatMap((list) =>
      list.rows.map((row): readonly Cell[] => [
        `${word(`review.section.${one.key}`)}: ${word(`review.list.${list.key}`)}`,
        rowName(how, list.key, row),
        word('review.unit.count'),
        row.now,
        ...[null, null, null, null],
        row.before,
      ]),
    ),
  )
  const told = entries.map((entry): readonly Cell[] => [
    word(`review.kind.${entry.kind}`),
    [entry.section && word(`review.section.${entry.section}`), entry.text].filter(Boolean).join(': '),
  ])
  return [heads.map((head) => word(`review.column.${head}`)), ...figures, ...lists, ...told]
}

interface Speaking {
  readonly how: Manner
  readonly language: Language
  readonly currency: string
  readonly timeZone: string
  nameOf(userId: string): string
}

function documentOf(speaking: Speaking, review: ReadReview): Parameters<typeof reviewPage>[0] {
  const { how, language, timeZone, nameOf } = speaking
  const { word } = how
  const day = (text: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`))
  const instant = (at: Date) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  const period = ({ from, to }: { readonly from: string; readonly to: string }) => `${day(from)} – ${day(to)}`
  const number = (value: number, digits = 0) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
  const owed = (who: string | null, until: string | null) => (who === null || until === null ? '' : ` (${nameOf(who)}, ${day(until)})`)
  const said = (kind: string) =>
    review.entries.filter((entry) => entry.kind === kind).map(({ text, ownerId, dueDay }) => `${text}${owed(ownerId, dueDay)}`)
  return {
    language,
    title: `${word('review.title')} · ${period(review)}`,
    facts: [
      [word('review.comparedWith'), period(review.before)],
      [
        word('review.participants'),
        [...review.participants.map(nameOf), ...(review.guests === null ? [] : [review.guests])].join(', ') || '—',
      ],
      [
        word('review.state'),
        review.heldAt === null ? word('review.stateOf.draft') : `${instant(review.heldAt)} · ${nameOf(review.heldBy!)}`,
      ],
    ],
    asOf: word(review.heldAt === null ? 'review.live' : 'review.frozen').replace('{{at}}', instant(review.readAt)),
    heads: {
      figure: word('review.column.what'),
      now: period(review),
      before: period(review.before),
      change: word('review.column.change'),
    },
    sections: review.sections.map((one) => ({
      title: word(`review.section.${one.key}`),
      about: word(`review.sectionAbout.${one.key}`),
      figures: one.figures.map((figure) => ({
        name: figureName(how, one, figure),
        about: word(`review.figureAbout.${one.key}.${figure.key}`),
        now: valueText(speaking, figure.unit, figure.now),
        before: figure.before === null ? '—' : valueText(speaking, figure.unit, figure.before),
        change: figure.change === null ? '' : word(`review.change.${figure.change}`),
      })),
      lists: one.lists
        .filter(({ rows }) => rows.length > 0)
        .map((list) => ({
          title: word(`review.list.${list.key}`),
          rows: list.rows.map((row) => ({
            name: rowName(how, list.key, row),
            now: `${number(row.now)} (${number(row.share * 100)} %)`,
            before: row.before === null ? '—' : number(row.before),
            vital: row.vital,
          })),
          rest: word('review.rest').replace('{{others}}', number(list.others)).replace('{{unsaid}}', number(list.unsaid)),
        })),
      lines: one.lines.map((line) =>
        [
          lineName(how, line),
          line.kind === 'problem' ? word(`problemState.${line.state}`) : line.kind === 'action' ? word(`actionState.${line.state}`) : null,
          line.day && day(line.day),
          line.at && instant(line.at),
          line.who && nameOf(line.who),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      conclusions: review.entries.filter(({ kind, section }) => kind === 'conclusion' && section === one.key).map(({ text }) => text),
    })),
    conclusionsTitle: word('review.conclusions'),
    ends: [
      { title: word('review.decisions'), items: said('decision') },
      { title: word('review.means'), items: said('means') },
      { title: word('review.addenda'), items: said('addendum') },
    ],
  }
}

/** A reading in words; where it was counted from something, that stands with it. */
function valueText({ how, language, currency }: Speaking, unit: Figure['unit'], { value, part, whole, basis }: Reading): string {
  if (value === null) return '—'
  const number = (digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
  const few = basis === 'few' ? ` (${how.word('figure.few')})` : ''
  const of = (n: number) => new Intl.NumberFormat(language).format(n)
  const counted =
    part === null || whole === null ? '' : `: ${how.word('figure.partOf').replace('{{part}}', of(part)).replace('{{whole}}', of(whole))}`
  if (unit === 'share')
    return `${new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value)}${counted}${few}`
  if (unit === 'minor') {
    const digits = new Intl.NumberFormat(language, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(value / 10 ** digits)
  }
  if (unit === 'seconds') return `${timeTaken(language, value)}${few}`
  if (unit === 'score') return whole === null ? number(2) : `${number(2)} (${of(whole)})${few}`
  return `${number(unit === 'count' ? 0 : 2)}${unit === 'per-thousand' ? few : ''}`
}

function timeTaken(language: string, seconds: number): string {
  const [amount, unit] =
    seconds < 3_600 ? [seconds / 60, 'minute'] : seconds < 172_800 ? [seconds / 3_600, 'hour'] : [seconds / 86_400, 'day']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(amount)
}
