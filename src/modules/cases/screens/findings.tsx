import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { scoreDimensions } from '../domain/figures/personnel-value.ts'
import type { Detail } from './shown.ts'

interface Said {
  readonly at: Date
  readonly by: string
}
/** A line, or one with what it is called. */
type Line = ReactNode | readonly [string, ReactNode]

/** What was found and said so far, in the order of a case. */
export function Findings({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const remedies = (list: readonly { kind: string; text: string | null; amountMinor: number }[]) =>
    list
      .map(({ kind, text, amountMinor }) =>
        [t(`remedy.${kind}`), amountMinor > 0 && format.money(amountMinor), text].filter(Boolean).join(' '),
      )
      .join('; ')
  const yes = (is: boolean) => t(is ? 'answer.yes' : 'answer.no')
  const channel = (by: string) => t(`channel.${by}`)
  const { acknowledged, judged, readAgain, replied, accepted, cause, responsible, proposed, instructed, executed, told, feedback } = found
  const {
    assessed,
    remedyAnswered,
    penalty,
    loss,
    lesson,
    evaluated,
    decided,
    rewarded,
    published,
    answered,
    quoted,
    quoteAnswered,
    fulfilled,
    paid,
    appointed,
  } = found
  const all: readonly (readonly [string, Said, readonly Line[]] | null)[] = [
    assessed && [
      'assessed',
      assessed,
      [t(`severity.${assessed.severity}`), assessed.immediate && t('assessment.immediate'), assessed.note],
    ],
    acknowledged && [
      'acknowledged',
      acknowledged,
      [acknowledged.text, acknowledged.answerBy && [t('said.answerBy'), format.instant(acknowledged.answerBy)]],
    ],
    ...found.interim.map((one) => ['interim-remedy', one, [one.text, one.amountMinor > 0 && format.money(one.amountMinor)]] as const),
    judged && [
      'judged',
      judged,
      [
        t(`finding.${judged.finding}`),
        [t('said.admissible'), yes(judged.admissible)],
        [t('said.reasonSufficient'), yes(judged.reasonSufficient)],
        [t('said.demandReasonable'), yes(judged.demandReasonable)],
        judged.note,
        judged.evidence.length > 0 && [t('field.evidence'), judged.evidence.join('; ')],
      ],
    ],
    readAgain && ['read-again', readAgain, [readAgain.agrees ? t('said.agrees') : t('said.disagrees'), readAgain.note]],
    replied && ['replied', replied, [replied.text, replied.escalationRoute && [t('said.escalationRoute'), replied.escalationRoute]]],
    accepted && ['accepted', accepted, [accepted.note]],
    cause && [
      'cause-found',
      cause,
      [
        cause.text,
        cause.field && [t('said.causeField'), t(`causeField.${cause.field}`)],
        cause.whys.length > 0 && [t('field.whys'), cause.whys.join(' → ')],
        cause.occurrence && [t('said.occurrence'), cause.occurrence],
        cause.escape && [t('said.escape'), cause.escape],
        cause.evidence.length > 0 && [t('field.evidence'), cause.evidence.join('; ')],
      ],
    ],
    responsible && [
      'responsibility-settled',
      responsible,
      [
        responsible.nobody ? t('said.nobody') : people.nameOf(responsible.userId),
        responsible.delayedBy && [t('said.delayedBy'), people.nameOf(responsible.delayedBy)],
        responsible.note,
      ],
    ],
    proposed && [
      'proposed',
      proposed,
      [
        remedies(proposed.remedies),
        proposed.reason,
        proposed.preventive && [t('said.preventive'), proposed.preventive],
        proposed.feasible && [t('said.feasible'), proposed.feasible],
      ],
    ],
    instructed && [
      'instructed',
      instructed,
      [
        t(`instruction.${instructed.decision}`),
        instructed.remedies && remedies(instructed.remedies),
        instructed.recovery && [t('said.recovery'), instructed.recovery],
        instructed.note,
      ],
    ],
    remedyAnswered && [
      'remedy-answered',
      remedyAnswered,
      [t(remedyAnswered.accepted ? 'remedyAnswer.accepted' : 'remedyAnswer.refused'), remedyAnswered.note],
    ],
    executed && ['executed', executed, [executed.note, executed.accepted !== null && [t('said.accepted'), yes(executed.accepted)]]],
    told && [
      'told',
      told,
      [told.text, [t('field.channel'), channel(told.channel)], told.escalationRoute && [t('said.escalationRoute'), told.escalationRoute]],
    ],
    found.asked && ['asked', found.asked, [channel(found.asked.how)]],
    feedback && [
      'feedback',
      feedback,
      [
        [t('said.satisfied'), yes(feedback.satisfied)],
        ...scoreDimensions.map((key) => {
          const given = feedback[key] ?? null
          return given !== null && ([t(`personnel.${key}`), format.number(given)] as const)
        }),
        feedback.score !== null && [t('said.score'), format.number(feedback.score)],
        feedback.text,
      ],
    ],
    penalty && ['penalty-considered', penalty, [penalty.note]],
    loss && [
      'loss-considered',
      loss,
      [[t('said.lossMinor'), format.money(loss.lossMinor)], [t('said.recoveredMinor'), format.money(loss.recoveredMinor)], loss.note],
    ],
    ...found.promises.map(
      (one) =>
        [
          'promised',
          one,
          [
            one.text,
            [t('said.day'), format.day(one.day)],
            one.brokenAt !== null && (
              <Tag key="broken" className="case-bad">
                {t('said.broken')}
              </Tag>
            ),
          ],
        ] as const,
    ),
    lesson && [
      'lesson-written',
      lesson,
      [
        lesson.lesson,
        [t('said.improvement'), lesson.improvement],
        lesson.bulletinId !== null && <BulletinLink key="bulletin" id={lesson.bulletinId} />,
      ],
    ],
    ...found.bulletins.map((one) => ['bulletin-proposed', one, [one.title, one.body, <Decided key="decided" of={one} />]] as const),
    ...found.effectiveness.map(
      (one) => ['effectiveness-checked', one, [t(`verdict.${one.verdict}`), t('said.afterDays', { count: one.days }), one.note]] as const,
    ),
    evaluated && ['evaluated', evaluated, [evaluated.value, evaluated.note]],
    decided && ['decided', decided, [t(decided.adopted ? 'said.adopted' : 'said.declined'), decided.note]],
    rewarded && ['rewarded', rewarded, [rewarded.text, rewarded.amountMinor > 0 && format.money(rewarded.amountMinor)]],
    published && [
      'published',
      published,
      [
        [t('said.youSaid'), published.said],
        [t('said.weDid'), published.done],
      ],
    ],
    answered && ['answered', answered, [answered.text]],
    quoted && [
      'quoted',
      quoted,
      [quoted.text, format.money(quoted.amountMinor), quoted.validUntil && [t('said.validUntil'), format.day(quoted.validUntil)]],
    ],
    quoteAnswered && ['quote-answered', quoteAnswered, [[t('said.quoteAccepted'), yes(quoteAnswered.accepted)], quoteAnswered.note]],
    fulfilled && ['fulfilled', fulfilled, [fulfilled.note]],
    paid && ['paid', paid, [format.money(paid.amountMinor), paid.way && t(`payment.${paid.way}`), paid.reference]],
    appointed && [
      'appointed',
      appointed,
      [
        [format.instant(appointed.startsAt), appointed.endsAt && format.instant(appointed.endsAt)].filter(Boolean).join(' – '),
        appointed.ownerId && [t('said.comes'), people.nameOf(appointed.ownerId)],
        appointed.place,
        appointed.commitmentId && (
          <Link key="commitment" to={`/commitments/${appointed.commitmentId}`}>
            {t('owed.appointment', { number: found.number })}
          </Link>
        ),
      ],
    ],
  ]
  const parts = all.filter((part) => part !== null)
  if (parts.length === 0) return null
  return (
    <Section title={t('findings.title')}>
      <dl className="facts case-facts">
        {parts.map(([act, { at, by }, lines], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said has no other name, and is only added to
          <div key={index}>
            <dt>
              {t(`happened.${act}`)}
              <small className="case-when">{`${format.instant(at)} · ${people.nameOf(by)}`}</small>
            </dt>
            <dd className="case-text">
              {lines.filter(Boolean).map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text
                <div key={place}>{isNamed(line) ? <Named name={line[0]}>{line[1]}</Named> : line}</div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

/** To the bulletin by which everybody heard of it. */
function BulletinLink({ id }: { readonly id: string }) {
  const t = useWords('cases')
  return <Link to={`/bulletins/${id}`}>{t('bulletin.read')}</Link>
}

/** What became of a proposal to tell everybody. */
function Decided({ of: { decided } }: { readonly of: Detail['bulletins'][number] }) {
  const t = useWords('cases')
  if (decided === null) return <span className="muted">{t('bulletin.waits')}</span>
  if (decided.bulletinId === null) return <span className="muted">{`${t('bulletin.declined')}: ${decided.note ?? ''}`}</span>
  return <BulletinLink id={decided.bulletinId} />
}

const isNamed = (line: Line): line is readonly [string, ReactNode] => Array.isArray(line)

const Named = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <span className="muted">{name}: </span>
    {children}
  </>
)
