import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { type ContestAct, ContestDialog } from './contest-forms.tsx'
import { FactList } from './facts.tsx'
import './cases.css'

type Found = ResultOf<typeof casesApi.one>
type Appeal = Found['appeals'][number]
type Referral = Found['referrals'][number]
type Start = (act: ContestAct, referral?: Referral) => void

/** What the customer did not accept: appeals that somebody who took no part judges, and what they took outside of the company, with what may be done about each. */
export function ContestPanel({ caseId }: { readonly caseId: string; readonly customerId: string | null }) {
  const found = useRead(casesApi.one, { caseId })
  return <Loaded of={found}>{(one) => <Contests found={one} />}</Loaded>
}

function Contests({ found }: { readonly found: Found }) {
  const t = useWords('cases')
  const format = useFormat()
  const [open, setOpen] = useState<{ readonly act: ContestAct; readonly referral: Referral | null } | null>(null)
  const [appealing, setAppealing] = useState(false)
  const start: Start = (act, referral) => setOpen({ act, referral: referral ?? null })
  const may = (act: string) => found.may.includes(act)
  const nothing = found.appeals.length + found.referrals.length === 0
  const holds = (found.appeals.some(isOpen) || found.referrals.some(({ decided }) => decided === null)) && found.closedAt === null
  return (
    <div className="case-parts">
      {nothing && <p className="muted">{t('contest.none')}</p>}
      {holds && (
        <p className="case-past" role="status">
          {t('contest.holds')}
        </p>
      )}
      {found.appeals.map((appeal) => (
        <AppealPart key={appeal.id} appeal={appeal} may={may} start={start} />
      ))}
      {found.referrals.map((referral) => (
        <ReferralPart key={referral.id} referral={referral} found={found} may={may} start={start} />
      ))}
      {found.appealable && (
        <p className="muted">
          {t('contest.mayAppeal', { at: format.instant(found.appealable.until), ground: t(`ground.${found.appealable.ground}`) })}
        </p>
      )}
      <span className="row">
        {may('appealed') && <Button onClick={() => setAppealing(true)}>{t('act.appealed')}</Button>}
        {may('referred') && <Button onClick={() => start('referred')}>{t('act.referred')}</Button>}
      </span>
      {appealing && <ActDialog act="appealed" found={found} close={() => setAppealing(false)} />}
      {open && <ContestDialog act={open.act} referral={open.referral} found={found} close={() => setOpen(null)} />}
    </div>
  )
}

const isOpen = ({ decided, withdrawn, lapsed }: Appeal): boolean => decided === null && withdrawn === null && !lapsed

interface PartProps {
  readonly may: (act: string) => boolean
  readonly start: Start
}

function AppealPart({ appeal, may, start }: PartProps & { readonly appeal: Appeal }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { decided, withdrawn } = appeal
  const outcome = decided?.outcome ?? (withdrawn ? 'withdrawn' : appeal.lapsed ? 'lapsed' : null)
  return (
    <section aria-label={t('contest.appeal')}>
      <h3 className="row">
        {t('contest.appeal')}
        {outcome !== null && (
          <Tag {...(outcome === 'upheld' || outcome === 'partly' ? { color: 'success' } : {})}>{t(`appealOutcome.${outcome}`)}</Tag>
        )}
        <small className="muted">
          {t(`against.${appeal.against}`)} · {format.instant(appeal.at)} · {people.nameOf(appeal.by)}
        </small>
      </h3>
      <div className="case-text">{appeal.reason}</div>
      <FactList
        of={[
          [t('contest.judge'), people.nameOf(decided?.by ?? appeal.judgeId) ?? t('contest.noJudge')],
          [
            t('field.due'),
            isOpen(appeal) && (
              <>
                {format.instant(appeal.dueAt)}
                <div className="muted">{t('contest.why', { count: appeal.workingDays })}</div>
              </>
            ),
          ],
          [t('contest.outcome'), decided && <div className="case-text">{decided.text}</div>],
          [
            t('contest.takenBack'),
            withdrawn && [format.instant(withdrawn.at), t(`channel.${withdrawn.channel}`), withdrawn.note].filter(Boolean).join(' · '),
          ],
          [t('said.escalationRoute'), decided?.escalationRoute && <div className="case-text">{decided.escalationRoute}</div>],
        ]}
      />
      {isOpen(appeal) && (
        <span className="row">
          {may('appeal-decided') && (
            <Button type="primary" onClick={() => start('appeal-decided')}>
              {t('act.appeal-decided')}
            </Button>
          )}
          {may('appeal-given') && <Button onClick={() => start('appeal-given')}>{t('act.appeal-given')}</Button>}
          {may('appeal-withdrawn') && <Button onClick={() => start('appeal-withdrawn')}>{t('act.appeal-withdrawn')}</Button>}
          {may('appeal-given') && !may('appeal-decided') && <span className="muted">{t('contest.notYou')}</span>}
        </span>
      )}
    </section>
  )
}

function ReferralPart({ referral, found, may, start }: PartProps & { readonly referral: Referral; readonly found: Found }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const { decided, sent } = referral
  const fileName = (id: string) => found.files.find(({ fileId }) => fileId === id)?.name
  return (
    <section aria-label={referral.body}>
      <h3 className="row">
        {referral.body}
        {decided && <Tag>{t(`referralOutcome.${decided.outcome}`)}</Tag>}
        {decided?.binding && <Tag className="case-warn">{t('contest.binds')}</Tag>}
      </h3>
      <FactList
        of={[
          [t('contest.reference'), referral.reference],
          [t('contest.received'), format.day(referral.receivedOn)],
          [t('contest.dueOn'), referral.dueOn && format.day(referral.dueOn)],
          [t('act.noted'), referral.note],
          [
            t('contest.sent'),
            sent.length > 0 && (
              <ul className="plain-list">
                {sent.map(({ seq, at, text, fileIds }) => (
                  <li key={seq}>
                    <small className="muted">{format.instant(at)}</small> {text}
                    {fileIds.length > 0 && <div className="muted">{fileIds.flatMap((id) => fileName(id) ?? []).join(ui('comma'))}</div>}
                  </li>
                ))}
              </ul>
            ),
          ],
          [t('contest.outcome'), decided && [format.day(decided.decidedOn), decided.note].filter(Boolean).join(' · ')],
          [
            t('contest.redress'),
            decided !== null &&
              decided.redressMinor > 0 &&
              [format.money(decided.redressMinor), decided.redressBy && t('contest.redressBy', { day: format.day(decided.redressBy) })]
                .filter(Boolean)
                .join(' '),
          ],
        ]}
      />
      {decided === null && (
        <span className="row">
          {may('referral-sent') && <Button onClick={() => start('referral-sent', referral)}>{t('act.referral-sent')}</Button>}
          {may('referral-decided') && <Button onClick={() => start('referral-decided', referral)}>{t('act.referral-decided')}</Button>}
          {may('referral-changed') && <Button onClick={() => start('referral-changed', referral)}>{t('act.referral-changed')}</Button>}
        </span>
      )}
    </section>
  )
}
