import { say, texts, type ConsoleName } from './instructions';

// What several guides say in the same words.

export const nameTheApp = say(
  'Give the app the name that your colleagues will see, then go on.',
  'Geben Sie der App den Namen, den Ihre Kolleginnen und Kollegen sehen sollen, und gehen Sie weiter.',
  'Donnez à l’application le nom que vos collègues verront, puis continuez.',
);

export const assignYourself = say(
  'Assign yourself as well: who is not assigned cannot sign in, and you will test the connection next.',
  'Weisen Sie die App auch sich selbst zu: Wer nicht zugewiesen ist, kann sich nicht anmelden, und als Nächstes testen Sie die Verbindung.',
  'Attribuez-vous aussi l’application : qui n’y est pas affecté ne peut pas se connecter, et vous allez tester la connexion.',
);

export const copyTheAddress = say(
  'Copy the address and paste it here: new certificates then arrive by themselves.',
  'Kopieren Sie die Adresse und fügen Sie sie hier ein: Neue Zertifikate kommen dann von selbst an.',
  'Copiez l’adresse et collez-la ici : les nouveaux certificats arriveront alors d’eux-mêmes.',
);

export const uploadTheFile = say(
  'Upload the file here.',
  'Laden Sie die Datei hier hoch.',
  'Téléversez le fichier ici.',
);

export const groupsAsWell = say(
  'If groups shall decide roles, send them too:',
  'Sollen Gruppen über Rollen entscheiden, senden Sie sie mit:',
  'Si des groupes doivent décider des rôles, envoyez-les aussi :',
);

export const leaveTheRest = say(
  'Leave everything else as it is.',
  'Lassen Sie alles Übrige, wie es ist.',
  'Laissez tout le reste tel quel.',
);

/** For a server of the customer's own, which often stands behind a firewall. */
export const copyOrUpload = say(
  'Copy the address and paste it here. If it opens inside your network only, save what it shows and upload that file.',
  'Kopieren Sie die Adresse und fügen Sie sie hier ein. Öffnet sie sich nur in Ihrem Netz, speichern Sie das Gezeigte und laden Sie diese Datei hoch.',
  'Copiez l’adresse et collez-la ici. Si elle ne s’ouvre que dans votre réseau, enregistrez ce qui s’affiche et téléversez ce fichier.',
);

export const ourMetadata: ConsoleName = {
  en: 'Our metadata, as an address',
  de: 'Unsere Metadaten als Adresse',
  fr: 'Nos métadonnées, sous forme d’adresse',
};

export const saveOurMetadata = say(
  'Open that address in a browser, save what it shows as a file, and choose this file.',
  'Öffnen Sie diese Adresse im Browser, speichern Sie das Gezeigte als Datei und wählen Sie diese aus.',
  'Ouvrez cette adresse dans un navigateur, enregistrez ce qui s’affiche dans un fichier et choisissez-le.',
);

export const pushesNobody = texts(
  'It announces nobody beforehand: people come in with their first sign-in.',
  'Hier wird niemand vorab angekündigt: Personen kommen mit ihrer ersten Anmeldung herein.',
  'Personne n’est annoncé à l’avance : les gens arrivent avec leur première connexion.',
);

/** A field of a console that nobody here knows: it has one of these names. */
export function anyOf(...names: readonly [string, ...string[]]): ConsoleName {
  return {
    en: listed(names, '“', '”', 'or'),
    de: listed(names, '„', '“', 'oder'),
    fr: listed(names, '« ', ' »', 'ou'),
  };
}

function listed(names: readonly string[], opening: string, closing: string, or: string): string {
  const quoted = names.map((name) => `${opening}${name}${closing}`);
  return [...quoted.slice(0, -2), quoted.slice(-2).join(` ${or} `)].join(', ');
}
