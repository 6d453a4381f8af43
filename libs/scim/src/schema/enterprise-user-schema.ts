import type { Schema } from './attribute';
import { complex, reference, text } from './describe-attribute';

/** RFC 7643 4.3 and 8.7.1. */
export const enterpriseUserSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'A person in an enterprise.',
  attributes: [
    text('employeeNumber', 'The number or code that the enterprise gave the person.'),
    text('costCenter', 'The cost centre.'),
    text('organization', 'The organisation.'),
    text('division', 'The division.'),
    text('department', 'The department.'),
    complex('manager', 'The manager of the person.', [
      text('value', 'The identifier of the resource of the manager.', { caseExact: true }),
      reference('$ref', 'The address of the resource of the manager.', ['User']),
      text('displayName', 'The name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};
