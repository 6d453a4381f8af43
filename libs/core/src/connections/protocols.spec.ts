import { Protocols } from './protocols';

describe('Protocols', () => {
  it('are open unless the operator closed them, and say who can open them again [CON-20]', () => {
    const [open, closed] = [new Protocols(), new Protocols(['saml'])];
    expect([open.isOpen('saml'), closed.isOpen('saml')]).toEqual([true, false]);
    expect(() => open.refuseClosed('saml')).not.toThrow();
    expect(() => closed.refuseClosed('saml')).toThrow(
      expect.objectContaining({ code: 'protocol_disabled', message: expect.stringContaining('operator') }),
    );
  });
});
