export { runScim2Tester, whyNoScim2Tester, type Scim2Check } from './scim2-tester';
