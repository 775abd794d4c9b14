import { Alert, Button } from 'antd'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Detail } from './shown.ts'

/** That nobody has shown who wrote, before anything is said to them; whoever has found out says so. */
export function Unproven({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const notice = useNotice()
  const { id, version, record, may } = found
  const confirm = useWrite(casesApi.changeRecord, { onDone: () => notice.done(t('unproven.done')) })
  if (record.unproven !== true) return null
  const send = () => void confirm.send({ caseId: id, version, changes: { unproven: false } }).catch(notice.refused)
  return (
    <Alert
      type="warning"
      showIcon
      title={t('unproven.title')}
      description={t('unproven.about')}
      action={
        may.includes('changed') && (
          <Button size="small" loading={confirm.pending} onClick={send}>
            {t('unproven.confirm')}
          </Button>
        )
      }
    />
  )
}
