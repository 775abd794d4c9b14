import { Alert, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useDuration } from '#ui/use-duration.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { AnswerablePerson, PenaltyLine, PenaltyRole } from '../domain/figures/penalty.ts'
import { isPenalised, proposedBeside } from '../domain/staff-entry.ts'
import { type StaffRules, useDepartments } from './set-up-words.ts'
import type { Detail } from './shown.ts'

/** Proposes penalties by the newest table: whom the case names, what they earn, and what that gives, before anything is sent (G-10). */
export function PenaltyDialog({ found, close }: { readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const rules = useRead(casesApi.staffRules, {})
  const proposed = useRead(casesApi.penaltiesOfCase, { caseId: found.id })
  const delay = useRead(casesApi.caseDelay, { caseId: found.id })
  const { headOf } = useDepartments()
  const { responsible } = found
  const named: readonly (readonly [PenaltyRole, string | null])[] = [
    ['direct', responsible?.userId ?? null],
    ['head', headOf(responsible?.departmentId ?? null)],
    ['delay', responsible?.delayedBy ?? null],
  ]
  const people = named.flatMap(([role, userId]) => (userId === null ? [] : [{ role, userId }]))
  return (
    <Dialog title={t('penalty.propose')} onClose={close} wide>
      {people.length === 0 ? (
        <Alert type="info" showIcon title={t('penalty.nobody')} description={t('penalty.nobodyHelp')} />
      ) : (
        <Loaded of={rules}>
          {({ versions }) => (
            <Loaded of={proposed}>
              {({ entries }) => (
                <Loaded of={delay}>
                  {({ lateMinutes }) =>
                    versions[0] && (
                      <Calculator found={found} rules={versions[0]} named={people} lateMinutes={lateMinutes} made={entries} close={close} />
                    )
                  }
                </Loaded>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Dialog>
  )
}

interface CalculatorProps {
  readonly found: Detail
  readonly rules: StaffRules
  readonly named: readonly { readonly role: PenaltyRole; readonly userId: string }[]
  /** What the clocks say. */
  readonly lateMinutes: number
  /** What was proposed before, as far as one may see it. */
  readonly made: Parameters<typeof isPenalised>[0] & Parameters<typeof proposedBeside>[0]
  readonly close: () => void
}

function Calculator({ found, rules, named, lateMinutes, made, close }: CalculatorProps) {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useDuration()
  const notice = useNotice()
  const name = usePeople()
  const [people, setPeople] = useState<readonly AnswerablePerson[]>(
    named.map((one) => ({ ...one, performancePayMinor: 0, bonusMinor: 0, lateMinutes: one.role === 'delay' ? lateMinutes : 0 })),
  )
  // Whoever has an approved penalty for the case does not answer for the same thing again.
  const [out, setOut] = useState<readonly PenaltyRole[]>(named.filter((one) => isPenalised(made, one)).map(({ role }) => role))
  const [reason, setReason] = useState('')
  const write = useWrite(casesApi.proposePenalties, {
    onDone: () => {
      notice.done(t('penalty.proposed'))
      close()
    },
  })
  const asked = people.filter(({ role }) => !out.includes(role))
  const proposal = proposedBeside(made, rules, found.netLossMinor, asked)
  const late = (role: PenaltyRole, minutes: number) =>
    setPeople(people.map((one) => (one.role === role ? { ...one, lateMinutes: minutes } : one)))
  // Whoever answers for two things earns what they earn once.
  const pay = (userId: string, part: Partial<Pick<AnswerablePerson, 'performancePayMinor' | 'bonusMinor'>>) =>
    setPeople(people.map((one) => (one.userId === userId ? { ...one, ...part } : one)))
  const send = () => write.send({ caseId: found.id, version: found.version, people: [...asked], reason }).catch(() => {})
  return (
    <form
      className="case-remedies"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p className="muted">{t('penalty.about', { loss: format.money(found.netLossMinor), version: rules.version })}</p>
      <Refused problem={write.problem} />
      {people.map((person, at) => {
        const first = people.findIndex(({ userId }) => userId === person.userId) === at
        const line = proposal.lines.find(({ role }) => role === person.role)
        const label = `${name.nameOf(person.userId)} · ${t(`penaltyRole.${person.role}`)}`
        return (
          <fieldset key={person.role} className="case-person">
            <legend>
              <Checkbox
                aria-label={t('penalty.proposeFor', { who: label })}
                checked={asked.includes(person)}
                onChange={({ target }) => setOut(target.checked ? out.filter((role) => role !== person.role) : [...out, person.role])}
              />{' '}
              {label}
            </legend>
            <div className="row">
              {first && (
                <>
                  <Money
                    label={t('penaltyBase.bonus')}
                    of={label}
                    value={person.bonusMinor}
                    set={(bonusMinor) => pay(person.userId, { bonusMinor })}
                  />
                  <Money
                    label={t('penaltyBase.performance-pay')}
                    of={label}
                    value={person.performancePayMinor}
                    set={(performancePayMinor) => pay(person.userId, { performancePayMinor })}
                  />
                </>
              )}
              {person.role === 'delay' && (
                <span className="case-labelled">
                  <small>{t('penalty.lateMinutes')}</small>
                  <NumberInput
                    kind="number"
                    aria-label={`${t('penalty.lateMinutes')} · ${label}`}
                    value={person.lateMinutes}
                    min={0}
                    onChange={(minutes) => late('delay', minutes ?? 0)}
                  />
                  <small className="muted">{t('penalty.fromClocks', { time: duration(lateMinutes, true) })}</small>
                </span>
              )}
            </div>
            {asked.includes(person) && <Line line={line} />}
          </fieldset>
        )
      })}
      <p role="status">
        <b>{t('penalty.total', { amount: format.money(proposal.totalMinor) })}</b> {t('penalty.onlyProposed')}
      </p>
      <Input.TextArea
        aria-label={t('penalty.reason')}
        placeholder={t('penalty.reason')}
        value={reason}
        maxLength={2000}
        rows={2}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="primary" htmlType="submit" loading={write.pending} disabled={reason.trim() === '' || proposal.totalMinor === 0}>
        {t('penalty.submit')}
      </Button>
    </form>
  )
}

function Money({
  label,
  of,
  value,
  set,
}: {
  readonly label: string
  readonly of: string
  readonly value: number
  readonly set: (minor: number) => void
}) {
  return (
    <span className="case-labelled">
      <small>{label}</small>
      <NumberInput kind="money" aria-label={`${label} · ${of}`} value={value} min={0} onChange={(minor) => set(minor ?? 0)} />
    </span>
  )
}

/** How an amount comes about: rate × pay, in which band, and why it is less. */
function Line({ line }: { readonly line: PenaltyLine | undefined }) {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useDuration()
  if (!line) return <p className="muted">{t('penalty.noBand')}</p>
  const amount = (value: number) => (line.role === 'delay' ? duration(value, true) : format.money(value))
  return (
    <p>
      {t('penalty.line', {
        rate: format.percent(line.rate.basisPoints / 10_000, 2),
        base: t(`penaltyBase.${line.rate.of}`),
        of: format.money(line.ofMinor),
        amount: format.money(line.amountMinor),
      })}{' '}
      <small className="muted">
        {line.band.to === null
          ? t('penalty.bandOpen', { from: amount(line.band.from) })
          : t('penalty.band', { from: amount(line.band.from), to: amount(line.band.to) })}
        {line.reducedBy && ` · ${t(`penalty.reduced.${line.reducedBy}`)}`}
      </small>
    </p>
  )
}
