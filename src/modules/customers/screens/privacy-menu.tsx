import { SafetyOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { download, type ResultOf } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { ErasureState, KeptByLaw } from './kept-by-law.tsx'

type Erasure = ResultOf<typeof api.erasures>['items'][number]

/** What a person may ask of us about their data: all of it as an archive, and to be forgotten. */
export function PrivacyMenu({ customerId, erased }: { customerId: string; erased: boolean }) {
  const t = useWords('customers')
  const notice = useNotice()
  const { language } = useLanguage()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    await download(api.personalData, { id: customerId, language }).catch(notice.refused)
    setBusy(false)
  }
  return (
    <>
      <MenuButton
        icon={<SafetyOutlined />}
        loading={busy}
        items={[{ key: 'export', label: t('privacy.export') }, ...(erased ? [] : [{ key: 'erase', label: t('privacy.erase') }])]}
        onChoose={(key) => (key === 'export' ? void take() : setAsking(true))}
      >
        {t('privacy.title')}
      </MenuButton>
      {asking && <EraseDialog customerId={customerId} close={() => setAsking(false)} />}
    </>
  )
}

/** Asks for an erasure; where that was done already, says how far it has come. */
function EraseDialog({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const asked = useRead(api.erasures, { customerId, limit: 10 })
  return (
    <Modal open title={t('privacy.erase')} footer={null} onCancel={close} destroyOnHidden>
      <Loaded of={asked}>
        {({ items }) => {
          const open = items.find(({ state }) => state !== 'done' && state !== 'withdrawn')
          return open ? <Asked erasure={open} /> : <AskForm customerId={customerId} close={close} />
        }}
      </Loaded>
    </Modal>
  )
}

function Asked({ erasure }: { erasure: Erasure }) {
  const t = useWords('customers')
  return (
    <>
      <p>
        {t('privacy.alreadyAsked')} <Link to="/erasures">{t('erasures.title')}</Link>
      </p>
      <div>
        <ErasureState erasure={erasure} />
      </div>
      {erasure.keptByLaw && (
        <p className="muted">
          <KeptByLaw kept={erasure.keptByLaw} />
        </p>
      )}
    </>
  )
}

function AskForm({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const notice = useNotice()
  const request = useWrite(api.requestErasure, {
    onDone: ({ keptByLaw }) => {
      notice.done(t(keptByLaw ? 'privacy.requestedKept' : 'privacy.requested'))
      close()
    },
  })
  return (
    <>
      <p className="muted">{t('privacy.eraseAbout')}</p>
      <Form<{ reason: string }>
        fields={[{ name: 'reason', kind: 'area', label: t('privacy.reason'), required: true, maxLength: 1000, rows: 3 }]}
        initial={{}}
        problem={request.problem}
        pending={request.pending}
        submit={t('privacy.request')}
        cancel={close}
        onSubmit={({ reason }) => request.send({ id: customerId, reason })}
      />
    </>
  )
}
