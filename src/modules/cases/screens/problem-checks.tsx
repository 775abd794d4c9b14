import { Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { CheckVerdict } from '../domain/problem.ts'
import type { Detail } from './problem-page.tsx'
import { useCheckSentence } from './recurrence-chart.tsx'

const verdicts: readonly CheckVerdict[] = ['effective', 'too-little-data', 'not-effective']

/** What was concluded so far, and the next conclusion. */
export function ProblemChecks({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may, mayAll } = useSession()
  const [checking, setChecking] = useState(false)
  const next = found.nextCheck
  const mayCheck = next !== null && may('cases.write') && mayAll('cases.read') && (found.state === 'watched' || found.state === 'solved')
  if (!mayCheck && found.checks.length === 0) return null
  return (
    <Section
      title={t('checks.title')}
      {...(next ? { about: t('checks.next', { days: next.days, on: format.day(next.on) }) } : {})}
      {...(mayCheck ? { actions: <Button onClick={() => setChecking(true)}>{t('checks.make')}</Button> } : {})}
    >
      <ul className="case-checks">
        {found.checks.map(({ id, days, verdict, figures, note, madeAt, madeBy }) => (
          <li key={id}>
            <strong>{t('recurrence.after', { days })}</strong> {t(`verdict.${verdict}`, { defaultValue: verdict })}
            {figures &&
              ` · ${t('checks.figures', { before: figures.before.complaints, beforeDays: figures.before.days, after: figures.after.complaints, afterDays: figures.after.days })}`}
            {note && ` · ${note}`}
            <span className="muted">
              {' '}
              {format.instant(madeAt)} · {people.nameOf(madeBy)}
            </span>
          </li>
        ))}
      </ul>
      {checking && next && <Conclude found={found} days={next.days} close={() => setChecking(false)} />}
    </Section>
  )
}

function Conclude({ found, days, close }: { readonly found: Detail; readonly days: number; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const sentence = useCheckSentence()
  const read = useRead(casesApi.problemRecurrence, { problemId: found.id })
  const write = useWrite(casesApi.checkProblem, { onDone: close })
  return (
    <Dialog title={t('checks.make')} onClose={close}>
      <Loaded of={read}>
        {({ recurrence }) => {
          const check = recurrence?.checks.find(({ checkDay }) => checkDay === days)
          return (
            <>
              {recurrence && check && <p>{sentence(check, recurrence.measure)}</p>}
              <Form<{ readonly verdict: CheckVerdict; readonly note: string }>
                fields={[
                  {
                    name: 'verdict',
                    kind: 'choice',
                    label: t('checks.verdict'),
                    required: true,
                    options: verdicts.map((value) => ({ value, label: t(`verdict.${value}`) })),
                  },
                  { name: 'note', kind: 'area', label: t('problem.note'), maxLength: 2000 },
                ]}
                initial={check && check.verdict !== 'too-early' ? { verdict: check.verdict } : {}}
                onSubmit={({ verdict, note }) =>
                  write.send({ problemId: found.id, version: found.version, days, verdict, note: note || null })
                }
                problem={write.problem}
                pending={write.pending}
                submit={ui('save')}
                cancel={close}
              />
            </>
          )
        }}
      </Loaded>
    </Dialog>
  )
}
