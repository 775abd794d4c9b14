import { flatValue, nestedValue } from '#ui/flat-value.ts'
import type { Field } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { DataTable } from '#ui/table.tsx'
import { type Tier, tiers } from '#ui/theme.ts'
import { TierTag } from '#ui/tier-tag.tsx'
import { momentIn, useToday } from '#ui/today.ts'
import { useWords } from '#ui/words.ts'
import { type QueueItem, type QueueRules, queueOrder } from '../domain/figures/queue.ts'
import { type Kind, severities } from '../domain/taxonomy.ts'

type Values = Record<string, unknown>

/** How far ahead of their due time cases are taken up, with what it does to a few examples while it is typed. */
export function QueueSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  const ahead = (name: string, label: string): Field<Values> => ({ name, kind: 'duration', label, required: true, min: 0, max: 100_000 })
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.queue')}
      about={t('settings.queueAbout')}
      shown={flatValue}
      meant={nestedValue}
      fields={[
        ...tiers.toReversed().map((tier) => ahead(`tierHeadStart.${tier}`, t('settings.tierAhead', { tier: t(`ui:tier.${tier}`) }))),
        ...severities.map((severity) =>
          ahead(`severityHeadStart.${severity}`, t('settings.severityAhead', { severity: t(`severity.${severity}`) })),
        ),
        {
          ...ahead('placeHeadStart', t('settings.placeAhead')),
          help: t('settings.placeAheadHelp'),
          max: 10_000,
          wide: true,
        } as Field<Values>,
        {
          ...ahead('withoutDueMinutes', t('settings.withoutDue')),
          help: t('settings.withoutDueHelp'),
          min: 1,
          max: 1_000_000,
          wide: true,
        } as Field<Values>,
      ]}
      preview={(values) => <QueuePreview rules={rulesOf(values)} />}
    />
  )
}

/** What is typed, 0 where nothing is yet. */
function rulesOf(values: Values): QueueRules {
  const held = (name: string) => Number(values[name] ?? 0)
  return {
    tierHeadStart: Object.fromEntries(tiers.map((tier) => [tier, held(`tierHeadStart.${tier}`)])) as Record<Tier, number>,
    severityHeadStart: Object.fromEntries(
      severities.map((one) => [one, held(`severityHeadStart.${one}`)]),
    ) as QueueRules['severityHeadStart'],
    placeHeadStart: held('placeHeadStart'),
    withoutDueMinutes: Math.max(1, held('withoutDueMinutes')),
  }
}

interface Example extends Pick<QueueItem, 'id' | 'severity' | 'place' | 'immediate'> {
  readonly tier: Tier
  readonly kind: Kind
  /** Days from today and the hour at which it is due; null without a due time. */
  readonly due: readonly [days: number, hour: number] | null
}
/** Cases that came in this morning. The first two are the question that everybody asks. */
const examples: readonly Example[] = [
  { id: 'a', kind: 'enquiry', tier: 'iron', severity: 4, place: 7, immediate: false, due: [0, 15] },
  { id: 'b', kind: 'complaint', tier: 'platinum', severity: 3, place: 1, immediate: false, due: [0, 16] },
  { id: 'c', kind: 'complaint', tier: 'gold', severity: 2, place: 3, immediate: false, due: [1, 12] },
  { id: 'd', kind: 'enquiry', tier: 'lead', severity: 4, place: 7, immediate: false, due: null },
  { id: 'e', kind: 'complaint', tier: 'iron', severity: 1, place: 5, immediate: true, due: [3, 12] },
]

function QueuePreview({ rules }: { readonly rules: QueueRules }) {
  const t = useWords('cases')
  const format = useFormat()
  const today = useToday()
  const at = ([days, hour]: readonly [number, number]) => momentIn(format.timeZone, today, days * 24 + hour)
  const receivedAt = at([0, 9])
  const items = examples.map((one) => ({ ...one, receivedAt, dueAt: one.due && at(one.due) }))
  const rows = queueOrder(items, rules, receivedAt).map((place) => ({ ...place, of: items.find(({ id }) => id === place.id)! }))
  return (
    <>
      <h3 className="settings-preview">{t('settings.preview')}</h3>
      <p className="muted">{t('settings.previewAbout')}</p>
      <DataTable
        name="case-queue-preview"
        label={t('settings.preview')}
        rowKey={({ id }) => id}
        pages={{ items: rows }}
        columns={[
          { key: 'position', title: t('settings.position'), align: 'end', cell: ({ position }) => format.number(position) },
          {
            key: 'case',
            title: t('settings.example'),
            cell: ({ of }) => (
              <>
                {t(`kind.${of.kind}`)} · {t(`severity.${of.severity}`)} <TierTag tier={of.tier} />
              </>
            ),
          },
          { key: 'due', title: t('field.due'), cell: ({ of }) => (of.dueAt ? format.instant(of.dueAt) : t('settings.noDue')) },
          {
            key: 'rank',
            title: t('settings.standsAs'),
            cell: ({ immediate, rankAt }) => (immediate ? t('place.immediate.danger') : format.instant(rankAt)),
          },
        ]}
      />
    </>
  )
}
