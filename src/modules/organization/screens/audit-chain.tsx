import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** How the last check of the chains ended, their ends to be noted elsewhere, and a new check. */
export function AuditChain() {
  const t = useWords('organization')
  const format = useFormat()
  const state = useRead(api.auditState, {}, { every: 30_000 })
  const check = useWrite(api.checkAudit)
  const [run, setRun] = useState<string | null>(null)
  const start = async () => setRun((await check.send({})).runId)
  return (
    <Loaded of={state} lines={2}>
      {({ checked, heads }) => (
        <>
          <Alert
            type={checked?.broken ? 'error' : checked ? 'success' : 'info'}
            showIcon
            title={
              checked === null
                ? t('audit.neverChecked')
                : checked.broken
                  ? t('audit.broken', { trail: t(`audit.trail.${checked.broken.trail}`), block: format.number(checked.broken.block) })
                  : t('audit.whole', {
                      when: format.instant(checked.at),
                      count: checked.chains.reduce((sum, chain) => sum + chain.rows, 0),
                    })
            }
            description={
              <>
                {checked?.broken && <p>{checked.broken.detail}</p>}
                <details>
                  <summary>{t('audit.heads')}</summary>
                  <p className="muted">{t('audit.headsHelp')}</p>
                  <ul className="plain-list">
                    {heads.map(({ trail, number, hash }) => (
                      <li key={trail}>
                        <code className="audit-head">{`${trail}:${number}:${hash}`}</code>
                      </li>
                    ))}
                  </ul>
                </details>
              </>
            }
            action={
              <Button size="small" loading={check.pending} onClick={() => void start().catch(() => {})}>
                {t('audit.check')}
              </Button>
            }
          />
          <Refused problem={check.problem} />
          {run && <RunProgress run={run} module="organization" onEnd={() => setRun(null)} />}
        </>
      )}
    </Loaded>
  )
}
