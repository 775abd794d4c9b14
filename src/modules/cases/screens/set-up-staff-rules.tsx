import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { isMeanwhile } from '#ui/client.ts'
import { Compared, isDisputed, useMerged } from '#ui/compared.tsx'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type RecognitionAct, recognitionActs } from '../domain/taxonomy.ts'
import { RateInput } from './rate-input.tsx'
import { VersionLine } from './set-up-version.tsx'
import type { StaffRules } from './set-up-words.ts'

/** By which bands penalties are proposed, and what recognition is worth (P-04, P-08); a change is a new version and leaves past proposals as they are. */
export function StaffRulesSetUp() {
  const found = useRead(casesApi.staffRules, {})
  return <Loaded of={found}>{({ versions }) => versions[0] && <Rules newest={versions[0]} earlier={versions.slice(1)} />}</Loaded>
}

const noRate = { basisPoints: 0, of: 'bonus' } as const

type Typed = Pick<StaffRules, 'losses' | 'delays' | 'mostBasisPoints' | 'points'>
const rulesOf = ({ losses, delays, mostBasisPoints, points }: StaffRules): Typed => ({ losses, delays, mostBasisPoints, points })
const labels = { losses: 'losses', delays: 'delays', mostBasisPoints: 'most', points: 'points' } as const

/** Each part of the rules in words, for two versions beside each other. */
function useRulesInWords(): (rules: Typed) => Readonly<Record<keyof Typed, string>> {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const rate = ({ basisPoints, of }: Typed['losses'][number]['direct']) =>
    `${format.percent(basisPoints / 10_000, 2)} ${t(`penaltyBase.${of}`)}`
  const list = (lines: readonly string[]) => lines.join(' · ') || t('setUp.staff.noBands')
  return ({ losses, delays, mostBasisPoints, points }) => ({
    losses: list(
      losses.map(({ fromMinor, direct, head }) =>
        [
          `${t('setUp.staff.from')} ${format.money(fromMinor)}`,
          `${t('penaltyRole.direct')} ${rate(direct)}`,
          `${t('penaltyRole.head')} ${rate(head)}`,
        ].join(ui('comma')),
      ),
    ),
    delays: list(
      delays.map((band) => `${t('setUp.staff.fromMinutes')} ${format.number(band.fromMinutes)}${ui('comma')}${rate(band.rate)}`),
    ),
    mostBasisPoints: mostBasisPoints === null ? ui('meanwhile.nothing') : format.percent(mostBasisPoints / 10_000, 2),
    points: recognitionActs.map((act) => `${t(`recognition.${act}`)} ${format.number(points[act])}`).join(' · '),
  })
}

function Rules({ newest, earlier }: { readonly newest: StaffRules; readonly earlier: readonly StaffRules[] }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const typed = useMerged(rulesOf(newest))
  const save = useWrite(casesApi.changeStaffRules, {
    onDone: () => {
      typed.saved()
      notice.done(ui('saved'))
    },
  })
  const change = typed.set
  const { losses, delays, mostBasisPoints, points } = typed.values
  const publish = () => save.send({ version: newest.version, losses, delays, mostBasisPoints, points }).catch(() => {})
  const inWords = useRulesInWords()
  return (
    <>
      <p className="section-about">{t('setUp.staff.about')}</p>
      <VersionLine of={newest} />
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={(name) => t(`setUp.staff.${labels[name as keyof Typed]}`)}
          shown={(name, theirs) => inWords({ ...typed.values, [name]: theirs })[name as keyof Typed]}
          decide={typed.decide}
        />
      )}
      <Refused problem={isMeanwhile(save.problem) ? null : save.problem} />
      <Section title={t('setUp.staff.losses')}>
        <Bands
          name="penalty-losses"
          label={t('setUp.staff.losses')}
          heads={[t('setUp.staff.from'), t('penaltyRole.direct'), t('penaltyRole.head')]}
          rows={losses.map((band, at) => {
            const put = (part: Partial<typeof band>) => change({ losses: losses.map((one, i) => (i === at ? { ...one, ...part } : one)) })
            return [
              <NumberInput
                key="from"
                kind="money"
                aria-label={t('setUp.staff.from')}
                value={band.fromMinor}
                min={0}
                onChange={(v) => put({ fromMinor: v ?? 0 })}
              />,
              <RateInput key="direct" label={t('penaltyRole.direct')} value={band.direct} onChange={(direct) => put({ direct })} />,
              <RateInput key="head" label={t('penaltyRole.head')} value={band.head} onChange={(head) => put({ head })} />,
            ]
          })}
          add={() =>
            change({ losses: [...losses, { fromMinor: (losses.at(-1)?.fromMinor ?? 0) + 100_000, direct: noRate, head: noRate }] })
          }
          remove={(at) => change({ losses: losses.filter((_, i) => i !== at) })}
        />
      </Section>
      <Section title={t('setUp.staff.delays')}>
        <Bands
          name="penalty-delays"
          label={t('setUp.staff.delays')}
          heads={[t('setUp.staff.fromMinutes'), t('penaltyRole.delay')]}
          rows={delays.map((band, at) => {
            const put = (part: Partial<typeof band>) => change({ delays: delays.map((one, i) => (i === at ? { ...one, ...part } : one)) })
            return [
              <NumberInput
                key="from"
                kind="number"
                aria-label={t('setUp.staff.fromMinutes')}
                value={band.fromMinutes}
                min={0}
                onChange={(v) => put({ fromMinutes: v ?? 0 })}
              />,
              <RateInput key="rate" label={t('penaltyRole.delay')} value={band.rate} onChange={(rate) => put({ rate })} />,
            ]
          })}
          add={() => change({ delays: [...delays, { fromMinutes: (delays.at(-1)?.fromMinutes ?? 0) + 480, rate: noRate }] })}
          remove={(at) => change({ delays: delays.filter((_, i) => i !== at) })}
        />
        <div className="case-labelled">
          <span>{t('setUp.staff.most')}</span>
          <NumberInput
            kind="percent"
            digits={2}
            aria-label={t('setUp.staff.most')}
            value={mostBasisPoints === null ? null : mostBasisPoints / 10_000}
            min={0}
            max={1}
            onChange={(share) => change({ mostBasisPoints: share === null ? null : Math.round(share * 10_000) })}
          />
          <small className="muted">{t('setUp.staff.mostHelp')}</small>
        </div>
      </Section>
      <Section title={t('setUp.staff.points')} about={t('setUp.staff.pointsAbout')}>
        <dl className="facts">
          {recognitionActs.map((act: RecognitionAct) => (
            <div key={act}>
              <dt>{t(`recognition.${act}`)}</dt>
              <dd>
                <NumberInput
                  kind="number"
                  aria-label={t(`recognition.${act}`)}
                  value={points[act]}
                  min={0}
                  max={1000}
                  onChange={(value) => change({ points: { ...points, [act]: value ?? 0 } })}
                />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <div className="row">
        <Button
          type="primary"
          loading={save.pending}
          disabled={!typed.changed || isDisputed(typed.compared)}
          onClick={() => void publish()}
        >
          {t('setUp.publish')}
        </Button>
      </div>
      {earlier.length > 0 && (
        <Section title={t('setUp.earlier')}>
          <ul className="plain-list">
            {earlier.map((one) => (
              <li key={one.version}>
                <VersionLine of={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** The bands of one table, each a row of inputs. */
function Bands({
  name,
  label,
  heads,
  rows,
  add,
  remove,
}: {
  readonly name: string
  readonly label: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly ReactNode[])[]
  readonly add: () => void
  readonly remove: (at: number) => void
}) {
  const t = useWords('cases')
  return (
    <div className="case-bands">
      <DataTable
        name={name}
        label={label}
        pages={{ items: rows.map((cells, at) => ({ cells, at })) }}
        rowKey={({ at }) => String(at)}
        columns={[
          ...heads.map((title, place) => ({
            key: title,
            title,
            cell: ({ cells }: { readonly cells: readonly ReactNode[] }) => <span className="case-cell">{cells[place]}</span>,
          })),
          {
            key: 'actions',
            title: t('setUp.actions'),
            cell: ({ at }) => (
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('action.removeLine')} onClick={() => remove(at)} />
            ),
          },
        ]}
        empty={<p className="muted">{t('setUp.staff.noBands')}</p>}
      />
      <Button icon={<PlusOutlined />} onClick={add}>
        {t('setUp.staff.addBand')}
      </Button>
    </div>
  )
}
