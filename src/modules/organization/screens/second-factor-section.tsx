import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { useForgetSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { CodeForm, RecoveryCodes, SetUpSecondFactor } from './second-factor.tsx'

type Open = 'set-up' | 'codes' | 'remove'
/** Below this it is time for new ones. */
const fewCodes = 3

/** One's own second factor, on the profile. */
export function SecondFactorSection() {
  const t = useWords('organization')
  const notice = useNotice()
  const format = useFormat()
  const forget = useForgetSession()
  const state = useRead(api.secondFactor, {})
  const [open, setOpen] = useState<Open | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const close = async () => {
    setOpen(null)
    setCodes(null)
    await forget()
  }
  return (
    <Section title={t('secondFactor.title')} about={t('secondFactor.about')}>
      <Loaded of={state} lines={2}>
        {({ since, recoveryCodesLeft, required }) => (
          <>
            {since ? (
              <p>{t('secondFactor.on', { since: format.instant(since), count: recoveryCodesLeft })}</p>
            ) : (
              <p>{t('secondFactor.off')}</p>
            )}
            {since && recoveryCodesLeft < fewCodes && <Alert className="said" type="warning" showIcon title={t('secondFactor.fewCodes')} />}
            <div className="row">
              {!since && (
                <Button type="primary" onClick={() => setOpen('set-up')}>
                  {t('secondFactor.setUp')}
                </Button>
              )}
              {since && <Button onClick={() => setOpen('codes')}>{t('secondFactor.newCodes')}</Button>}
              {since && !required && (
                <Button danger onClick={() => setOpen('remove')}>
                  {t('secondFactor.remove')}
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
      {open && (
        <Dialog
          title={t(open === 'set-up' ? 'secondFactor.setUpTitle' : open === 'codes' ? 'secondFactor.newCodes' : 'secondFactor.remove')}
          onClose={() => void close()}
        >
          {open === 'set-up' && <SetUpSecondFactor onDone={close} cancel={() => void close()} />}
          {open === 'codes' && codes && <RecoveryCodes codes={codes} onDone={close} />}
          {open === 'codes' && !codes && (
            <CodeForm
              door="/second-factor/recovery-codes"
              submit={t('secondFactor.newCodes')}
              onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
              cancel={() => void close()}
            />
          )}
          {open === 'remove' && (
            <>
              <p>{t('secondFactor.removeAsk')}</p>
              <CodeForm
                door="/second-factor/removal"
                submit={t('secondFactor.remove')}
                onDone={async () => {
                  notice.done(t('secondFactor.removed'))
                  await close()
                }}
                cancel={() => void close()}
              />
            </>
          )}
        </Dialog>
      )}
    </Section>
  )
}
