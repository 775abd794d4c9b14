import { useNavigate } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { SearchChoice } from '#ui/search-choice.tsx'
import { useWords } from '#ui/words.ts'
import { useCustomers } from './customers-found.ts'

/** Another archive of the same customer, which no search for duplicates has found: both are compared before anything is merged. */
export function MergeWith({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const navigate = useNavigate()
  return (
    <Dialog title={t('merge.with')} onClose={close}>
      <Form<{ otherId: string }>
        fields={[
          {
            name: 'otherId',
            kind: 'own',
            label: t('merge.other'),
            help: t('merge.withAbout'),
            required: true,
            control: <SearchChoice useFound={useCustomers} except={customerId} />,
          },
        ]}
        initial={{}}
        onSubmit={({ otherId }) => navigate(`/customers/${customerId}/merge/${otherId}`)}
        submit={t('merge.compare')}
        cancel={close}
      />
    </Dialog>
  )
}
