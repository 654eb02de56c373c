/** What people choose first: words, names, teams, brands and walks over the keyboard, without the digits around them. */
const WORDS = `
password passwort passw0rt passwd pass passphrase motdepasse contrasena contrasenya senha wachtwoord haslo heslo parola parool salasana losenord lozinka
letmein letmeinnow welcome welcomeback willkommen bienvenue bienvenido hello hallo salut hola bonjour goodbye changeme change changeit secret geheim secreto segreto
admin administrator administrador root toor guest user username login logon logmein signin master default test tester testing temp temporary demo sample example
access system server manager office company internet computer laptop desktop monitor keyboard windows linux ubuntu google facebook twitter instagram youtube
whatsapp tiktok amazon apple iphone samsung android nokia sony playstation nintendo xbox minecraft roblox fortnite pokemon pikachu zelda mario sonic
qwerty qwertz azerty asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qwer qwert qwertyu qwertyui qwertyuiop qwertzui qwertzuiop azertyui azertyuiop
qazwsx qazwsxedc wsxedc qweasd qweasdzxc asdqwe zaqxsw zaqwsx xswzaq poiuytrewq lkjhgfdsa mnbvcxz poiuyt lkjhgf
abc abcd abcde abcdef abcdefg abcdefgh abcdefghi xyz xyzzy aaa zzz
iloveyou iloveu iloveyouu ilovegod ilovejesus loveyou loveme lovely lover lovers love loves loving tequiero teamo jetaime tiamo ichliebedich mylove mybaby truelove
sunshine princess prince queen king angel angels angelo baby babygirl babyboy babe honey sweet sweetie sweetheart darling cutie pretty beautiful gorgeous handsome sexy hottie
dragon monkey tiger lion panther cheetah jaguar leopard elephant dolphin shark whale eagle falcon hawk phoenix butterfly bunny rabbit kitten kitty puppy doggy horse pony turtle
penguin panda koala hamster spider scorpion snake cobra viper wolf wolves bear bears chicken turkey rooster buffalo unicorn dinosaur monster vampire zombie ghost demon devil
shadow master ninja samurai warrior soldier hunter ranger sniper killer assassin pirate knight wizard merlin gandalf hobbit frodo legolas aragorn matrix neo trinity
superman batman spiderman ironman thor hulk avenger avengers wolverine deadpool joker catwoman captain america starwars skywalker vader darthvader yoda chewbacca jedi startrek spock picard enterprise
football baseball basketball volleyball softball soccer hockey tennis golf golfer rugby cricket boxing wrestling swimming surfing skating skateboard snowboard running cycling fishing hunting racing
yankees cowboys steelers eagles patriots packers raiders broncos giants dolphins redskins lakers celtics bulls knicks heat spurs warriors rockets redsox dodgers mets cubs braves tigers
arsenal chelsea liverpool manchester united everton tottenham barcelona realmadrid madrid juventus milan inter bayern dortmund schalke ajax feyenoord psv benfica porto celtic galatasaray fenerbahce
mercedes bmw audi porsche ferrari lamborghini maserati toyota honda nissan subaru mazda suzuki yamaha kawasaki harley davidson ducati corvette camaro mustang chevy ford dodge jeep volvo volkswagen
summer winter spring autumn january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday weekend holiday
christmas easter halloween birthday sommer winter fruehling herbst sommar verano invierno
flower flowers rose roses lily daisy violet jasmine orchid tulip lavender cherry apple banana orange lemon peach mango pineapple strawberry blueberry coconut melon
chocolate cookie cookies candy sugar honey coffee cheese pizza pasta burger bacon butter peanut popcorn pepper ginger vanilla cinnamon whiskey vodka tequila beer corona guinness
red blue green yellow purple orange pink black white silver golden gold diamond crystal emerald ruby sapphire pearl platinum rainbow
rock music guitar piano drummer metallica slipknot nirvana ironmaiden acdc queen beatles elvis eminem tupac biggie rihanna beyonce madonna prince michael blink green greenday linkinpark pinkfloyd
freedom liberty peace hope faith grace mercy heaven jesus jesuschrist christ god godisgood lord bible church blessed blessing amen allah maria mary joseph gabriel michael raphael
trustno trustnoone nothing something anything everything whatever never forever always again nobody somebody someone together lucky happy smile smiley funny crazy cool awesome fantastic perfect
money dollar million millionaire rich success winner champion champ number numberone first player gamer gaming poker casino vegas lasvegas
michael jennifer jessica ashley amanda daniel david robert william richard thomas charles christopher matthew anthony donald steven andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce joe logan albert willie alan juan wayne elijah randy roy vincent ralph eugene russell bobby mason philip louis
patricia linda elizabeth barbara susan sarah karen lisa nancy betty margaret sandra kimberly emily donna michelle carol dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori
andreas stefan thomas wolfgang juergen markus matthias sebastian florian tobias martin michaela sabine petra monika claudia katharina johannes antonio francisco carlos miguel alejandro fernando guillermo giovanni giuseppe francesco alessandro pierre jean nicolas julien camille sophie
alexandra tatiana natasha anastasia svetlana dmitry sergey vladimir aleksandr nastya
london paris berlin hamburg munich vienna rome madrid lisbon dublin amsterdam brussels moscow newyork boston chicago dallas houston austin denver phoenix seattle atlanta miami florida texas california hollywood brooklyn canada australia sydney melbourne america england scotland ireland france germany italy spain portugal brazil brasil mexico colombia argentina india china japan tokyo korea philippines indonesia
fuckyou fuckme fuckoff fuck bitch asshole shit bullshit sex pussy dick cock bastard pornstar porno naughty
blahblah blah foobar foo bar baz thisis mypass mypassword yourpassword thepassword newpass newpassword oldpassword nopassword password1 pass1word passpass
alpha beta gamma delta omega sigma bravo charlie tango foxtrot victor whiskey zulu
mother father mommy daddy mama papa sister brother family friend friends friendship bestfriend buddy homer bart simpson simpsons snoopy garfield scooby scoobydoo mickey minnie donald goofy tweety bubbles blossom tinkerbell cinderella stitch nemo
parley
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));
