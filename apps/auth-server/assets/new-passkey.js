// Makes a passkey for whoever is signed in, and sends it with its name. Without a script there are no passkeys at all.
const form = document.querySelector('form[data-new-passkey]');
const wrong = form.querySelector('.problem');

const asking = { method: 'POST', headers: { accept: 'application/json' } };

if (typeof PublicKeyCredential === 'function') form.hidden = false;

form.addEventListener('submit', async (event) => {
  if (form.elements.response.value !== '') return;
  event.preventDefault();
  wrong.hidden = true;
  try {
    const answer = await fetch(form.dataset.newPasskey, asking);
    // What the server refuses, it refuses of the form as well, and says there what can be done about it.
    if (answer.ok) form.elements.response.value = JSON.stringify(await makePasskey(await answer.json()));
    form.submit();
  } catch {
    wrong.hidden = false;
  }
});

async function makePasskey(options) {
  const excludeCredentials = (options.excludeCredentials ?? []).map((each) => ({
    ...each,
    id: toOctets(each.id),
  }));
  const user = { ...options.user, id: toOctets(options.user.id) };
  const publicKey = { ...options, challenge: toOctets(options.challenge), user, excludeCredentials };
  return describe(await navigator.credentials.create({ publicKey }));
}

// As PublicKeyCredential.toJSON gives it (Web Authentication 3, 5.1), which older browsers do not have.
function describe({ id, rawId, type, response, authenticatorAttachment }) {
  const { attestationObject, clientDataJSON } = response;
  return {
    ...{ id, rawId: toText(rawId), type, authenticatorAttachment },
    clientExtensionResults: {},
    response: {
      attestationObject: toText(attestationObject),
      clientDataJSON: toText(clientDataJSON),
      transports: response.getTransports?.() ?? [],
    },
  };
}

function toOctets(base64url) {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toText(octets) {
  const characters = Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet));
  return btoa(characters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
